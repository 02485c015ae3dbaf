//! Datasets out and in: one file per format, one line in a list.
