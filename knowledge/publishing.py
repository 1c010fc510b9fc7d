def publish_approved(workflow_state, user=None):
    """To come."""
