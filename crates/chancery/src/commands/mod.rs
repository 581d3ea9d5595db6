//! One file a command. Each parses its arguments first, resolves them second, then works.

pub mod codebook;
mod codebook_diff;
pub mod codebook_folder;
mod codebook_show;
pub mod explain;
pub mod gazetteer;
mod input;
mod out;
pub mod parse;
pub mod read;
