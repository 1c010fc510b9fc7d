from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, NameEmailSettingsPanel


class Account(AccountView):
    """Wagtail's page for one's own settings, without name and address: those are in the log, and HR writes them."""

    def get_panels(self):
        return [panel for panel in super().get_panels() if not isinstance(panel, NameEmailSettingsPanel)]


account = require_admin_access(Account.as_view())
