"""Articles in, answers out. Nothing here knows of Discord.

These names are the public interface. Each is loaded from its module when it is first used, so that importing
`index` costs nothing: `verbatim --help` must not wait for numpy and faiss.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.answering.answers import (
        Answer,
        AnswerOutcome,
        Quote,
        QuoteContext,
        QuoteGroup,
        QuoteMatch,
        QuoteSearchResult,
    )
    from index.answering.quote_alignment import AlignedSegment, SegmentKind, quote_words
    from index.answering.story_clusters import Story
    from index.archive import Archive
    from index.articles import Article, ArticleKind, DateSource, Span
    from index.attribution.speaker import Speaker
    from index.circles import HOUSE
    from index.errors import (
        BadQuestion,
        BrokenIndex,
        BusyIndex,
        OutdatedVersion,
        StoreAway,
        UnconfirmedChange,
        UnfinishedIndex,
        VerbatimError,
    )
    from index.fault_report import report_fault
    from index.feeds.manager import FeedCheck, FeedManager, FeedStatus
    from index.feeds.subscriptions import Subscription
    from index.feeds.url_frontier import MAX_DAILY_PAGES
    from index.feeds.worker import FeedWorker, FeedWorkerState
    from index.fetching.settings import FetchSettings
    from index.ingest.inputs import read_inputs
    from index.ingest.pipeline import IngestOutcome, IngestResult
    from index.maintenance.backup import (
        BackupCancelled,
        BackupInfo,
        DamagedDatabase,
        restore_backup,
        write_backup,
    )
    from index.maintenance.backup_schedule import (
        BackupSchedule,
        backup_name,
        drop_old_backups,
        next_backup,
        parse_backup_schedule,
    )
    from index.maintenance.index_snapshot import SnapshotInfo, load_snapshot
    from index.maintenance.integrity import IntegrityReport
    from index.maintenance.pruning import PruneResult
    from index.maintenance.retention import RetentionPolicy, parse_age, parse_retention
    from index.maintenance.stats import IndexStats, OutletSummary
    from index.parsing.feeds.opml import MAX_OPML_BYTES
    from index.parsing.overrides import MetadataOverrides
    from index.query.question import MAX_QUESTION_LENGTH, Question
    from index.query.small_talk import SmallTalk
    from index.query.time_filter import read_period
    from index.stages import Stage, record_stages
    from index.stance.judgement import Stance
    from index.storage.engine import Engine
    from index.storage.places import NEWS_FILE, Place, open_tables, try_store
    from index.storage.postgres.address import PostgresAddress
    from index.storage.recent_articles import ArrivedArticle
    from index.storage.transfer import move_store

__all__ = (
    "HOUSE",
    "MAX_DAILY_PAGES",
    "MAX_OPML_BYTES",
    "MAX_QUESTION_LENGTH",
    "NEWS_FILE",
    "AlignedSegment",
    "Answer",
    "AnswerOutcome",
    "Archive",
    "ArrivedArticle",
    "Article",
    "ArticleKind",
    "BackupCancelled",
    "BackupInfo",
    "BackupSchedule",
    "BadQuestion",
    "BrokenIndex",
    "BusyIndex",
    "DamagedDatabase",
    "DateSource",
    "Engine",
    "FeedCheck",
    "FeedManager",
    "FeedStatus",
    "FeedWorker",
    "FeedWorkerState",
    "FetchSettings",
    "IndexStats",
    "IngestOutcome",
    "IngestResult",
    "IntegrityReport",
    "MetadataOverrides",
    "OutdatedVersion",
    "OutletSummary",
    "Place",
    "PostgresAddress",
    "PruneResult",
    "Question",
    "Quote",
    "QuoteContext",
    "QuoteGroup",
    "QuoteMatch",
    "QuoteSearchResult",
    "RetentionPolicy",
    "SegmentKind",
    "SmallTalk",
    "SnapshotInfo",
    "Span",
    "Speaker",
    "Stage",
    "Stance",
    "StoreAway",
    "Story",
    "Subscription",
    "UnconfirmedChange",
    "UnfinishedIndex",
    "VerbatimError",
    "backup_name",
    "drop_old_backups",
    "load_snapshot",
    "move_store",
    "next_backup",
    "open_tables",
    "parse_age",
    "parse_backup_schedule",
    "parse_retention",
    "quote_words",
    "read_inputs",
    "read_period",
    "record_stages",
    "report_fault",
    "restore_backup",
    "try_store",
    "write_backup",
)

_HOMES = {
    "Answer": "index.answering.answers",
    "AnswerOutcome": "index.answering.answers",
    "Quote": "index.answering.answers",
    "QuoteContext": "index.answering.answers",
    "QuoteGroup": "index.answering.answers",
    "QuoteMatch": "index.answering.answers",
    "QuoteSearchResult": "index.answering.answers",
    "AlignedSegment": "index.answering.quote_alignment",
    "SegmentKind": "index.answering.quote_alignment",
    "quote_words": "index.answering.quote_alignment",
    "Story": "index.answering.story_clusters",
    "Archive": "index.archive",
    "Article": "index.articles",
    "ArticleKind": "index.articles",
    "DateSource": "index.articles",
    "Span": "index.articles",
    "Speaker": "index.attribution.speaker",
    "BadQuestion": "index.errors",
    "BrokenIndex": "index.errors",
    "BusyIndex": "index.errors",
    "OutdatedVersion": "index.errors",
    "StoreAway": "index.errors",
    "UnconfirmedChange": "index.errors",
    "UnfinishedIndex": "index.errors",
    "VerbatimError": "index.errors",
    "report_fault": "index.fault_report",
    "FeedCheck": "index.feeds.manager",
    "FeedStatus": "index.feeds.manager",
    "FeedManager": "index.feeds.manager",
    "Subscription": "index.feeds.subscriptions",
    "MAX_DAILY_PAGES": "index.feeds.url_frontier",
    "FeedWorker": "index.feeds.worker",
    "FeedWorkerState": "index.feeds.worker",
    "FetchSettings": "index.fetching.settings",
    "MetadataOverrides": "index.parsing.overrides",
    "read_inputs": "index.ingest.inputs",
    "IngestOutcome": "index.ingest.pipeline",
    "IngestResult": "index.ingest.pipeline",
    "BackupCancelled": "index.maintenance.backup",
    "BackupInfo": "index.maintenance.backup",
    "DamagedDatabase": "index.maintenance.backup",
    "restore_backup": "index.maintenance.backup",
    "write_backup": "index.maintenance.backup",
    "BackupSchedule": "index.maintenance.backup_schedule",
    "backup_name": "index.maintenance.backup_schedule",
    "drop_old_backups": "index.maintenance.backup_schedule",
    "next_backup": "index.maintenance.backup_schedule",
    "parse_backup_schedule": "index.maintenance.backup_schedule",
    "SnapshotInfo": "index.maintenance.index_snapshot",
    "load_snapshot": "index.maintenance.index_snapshot",
    "IntegrityReport": "index.maintenance.integrity",
    "PruneResult": "index.maintenance.pruning",
    "RetentionPolicy": "index.maintenance.retention",
    "parse_age": "index.maintenance.retention",
    "parse_retention": "index.maintenance.retention",
    "IndexStats": "index.maintenance.stats",
    "OutletSummary": "index.maintenance.stats",
    "MAX_OPML_BYTES": "index.parsing.feeds.opml",
    "MAX_QUESTION_LENGTH": "index.query.question",
    "Question": "index.query.question",
    "SmallTalk": "index.query.small_talk",
    "read_period": "index.query.time_filter",
    "Stage": "index.stages",
    "record_stages": "index.stages",
    "Engine": "index.storage.engine",
    "PostgresAddress": "index.storage.postgres.address",
    "NEWS_FILE": "index.storage.places",
    "Place": "index.storage.places",
    "open_tables": "index.storage.places",
    "try_store": "index.storage.places",
    "move_store": "index.storage.transfer",
    "Stance": "index.stance.judgement",
    "HOUSE": "index.circles",
    "ArrivedArticle": "index.storage.recent_articles",
}


def __getattr__(name: str) -> object:
    """Load an exported name from its module (PEP 562). Raise AttributeError for any other name."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value  # found without this function from now on
    return value


def __dir__() -> list[str]:
    """Return the exported names."""
    return sorted(__all__)
