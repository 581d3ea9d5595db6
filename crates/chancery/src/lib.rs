//! The parts of the program `chancery`: intake of foreign files, commands, and what people see.
//!
//! A library beside the binary, so that tests and fuzz targets reach the intake.

pub mod commands;
pub mod exit_codes;
pub mod help;
pub mod intake;
pub mod output;
mod pipeline;
