//! One file a command. Each parses its arguments first, resolves them second, then works.

pub mod add;
pub mod agree;
pub mod assign;
pub mod brief;
pub mod codebook;
mod codebook_diff;
pub mod codebook_folder;
mod codebook_show;
pub mod explain;
pub mod export;
pub mod gazetteer;
pub mod import;
mod input;
mod ledger_file;
mod out;
pub mod parse;
mod progress;
pub mod questions;
pub mod read;
pub mod recode;
pub mod redact;
pub mod release;
pub mod runs;
mod signature;
pub mod upkeep;
pub mod verdict;
pub mod verdicts;
