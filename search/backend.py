from modelsearch.backends.database.fallback import *  # placeholder until the engine stands
