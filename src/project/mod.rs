//! What lies on disk: RON files, journal, lock, migration, recovery.
