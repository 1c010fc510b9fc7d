from search.actions.forget_queries import forget_queries
from search.actions.mend_index import mend_index
from search.actions.reconcile_index import reconcile_index
from search.actions.record_query import record_query

__all__ = ["forget_queries", "mend_index", "reconcile_index", "record_query"]
