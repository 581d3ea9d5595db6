//! The workbench asked as a browser and as a program would, without a network: every page, every route of the API, what is
//! sent to them wrongly, and what hostile reports and sites try.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends at what it did not expect")]

mod adding;
mod api;
mod assigned;
mod browser;
mod entering;
mod fuzz;
mod load;
mod pages;
mod review;
mod safety;
mod scene;
mod uniting;
mod users;
