from django import forms


class WithdrawalForm(forms.Form):
    reason = forms.CharField(max_length=250, help_text="Why it is no longer in use. Kept with its last edition.")
