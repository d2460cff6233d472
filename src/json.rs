//! One strict reading of JSON for all that comes in.
