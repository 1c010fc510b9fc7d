import gc

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self):
        # What is loaded by now stays, and a page of thousands of rows makes no rubbish until it is done: looking for it
        # after each 700 objects, as is usual, costs a fifth of such a page's time.
        gc.freeze()
        gc.set_threshold(20_000)
