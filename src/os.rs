//! What only the operating system can tell or do: the process id, signal masks.
#![allow(unsafe_code)]

/// The id of this process; another one after a fork.
pub(crate) fn process_id() -> u32 {
    std::process::id()
}
