//! Times of pages and routes, over the loopback address.

use crate::bench;
use anyhow::{Context, anyhow, bail};
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::mpsc;
use std::time::{Duration, Instant};
use workbench::{Settings, Workbench};

/// How often each is asked; the median counts.
const ROUNDS: usize = 5;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The ledger
    ledger: PathBuf,
    /// The day to write beside the figures, YYYY-MM-DD
    #[arg(long)]
    date: jiff::civil::Date,
}

/// What is asked beside every view that the head of a page names and every route that the API describes.
const FURTHER: &[&str] = &[
    "/events?category=assault&stories=2",
    "/events?country=SYR&from=2021-06-01&to=2021-12-31",
    "/events?offset=5000",
    "/claims?actor=army",
    "/claims?status=planned&limit=500",
    "/reports?words=ceasefire",
    "/reports?words=hospital%20NEAR%20army",
    "/timeline?country=MLI",
    "/map?since=2021-06-01",
    "/review?category=assault",
    "/review?order=disputed",
    "/control?place=Aleppo",
    "/api/v1/events?category=assault&limit=1000",
];

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let intake = |_: &serde_json::Value| Err("nothing is taken in here".to_owned());
    let settings = Settings { now: jiff::Timestamp::now, intake, files: |_, _, _| {} };
    let workbench = Workbench::open(&arguments.ledger, settings)?;
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        // Nobody listens when the program has ended meanwhile.
        let opened = |address: SocketAddr| {
            let _ = sender.send(Ok(address));
        };
        if let Err(error) = workbench::serve(workbench, SocketAddr::from(([127, 0, 0, 1], 0)), opened) {
            let _ = sender.send(Err(error));
        }
    });
    let address = receiver.recv().context("the workbench does not open")??;
    let (addresses, reports) = addresses(address)?;

    let mut rows = String::new();
    for asked in addresses {
        let mut times: Vec<Duration> = Vec::new();
        let mut length = 0;
        for _ in 0..ROUNDS {
            let before = Instant::now();
            let (status, body) = get(address, &asked)?;
            times.push(before.elapsed());
            length = body.len();
            if status != 200 {
                bail!("{asked} is answered with {status}: {body}");
            }
        }
        times.sort_unstable();
        let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
        let _ = writeln!(
            rows,
            "| `{asked}` | {:.0} | {:.0} | {} |",
            milliseconds(times[ROUNDS / 2]),
            milliseconds(times[ROUNDS - 1]),
            length / 1024
        );
    }
    let date = arguments.date;
    let section = format!(
        "Written by `cargo dev pages time LEDGER --date {date}`; the ledger by `cargo dev pages reports --output FILE` and \
         `chancery add --ledger LEDGER FILE`.\n\n\
         {}, {} cores; {reports} short reports; each asked {ROUNDS} times, one after the other.\n\n\
         | what | median, ms | slowest, ms | KiB |\n|---|---:|---:|---:|\n{rows}",
        bench::processor(),
        std::thread::available_parallelism()?,
    );
    bench::keep("Speed of the workbench", &section)
}

/// All that is asked, in order, and how many reports the ledger has.
fn addresses(address: SocketAddr) -> anyhow::Result<(Vec<String>, i64)> {
    let (_, front) = get(address, "/?since=2000-01-01")?;
    let navigation = front.split("<nav").nth(1).and_then(|rest| rest.split("</nav").next()).unwrap_or_default();
    let views = navigation.split("href=\"").skip(1).filter_map(|rest| rest.split(['"', '?']).next());
    let mut all: Vec<String> = views.map(str::to_owned).collect();
    let json = |path: &str| -> anyhow::Result<serde_json::Value> {
        let (status, body) = get(address, path)?;
        serde_json::from_str(&body).with_context(|| format!("{path} is answered with {status}: {body}"))
    };
    let claims = json("/api/v1/claims?category=assault&limit=1")?;
    let id = |kind: &str| claims["rows"][0][kind].as_str().map(str::to_owned).ok_or_else(|| anyhow!("no {kind}"));
    let (claim, event, report) = (id("claim")?, id("event")?, id("report")?);
    all.extend([
        format!("/reports/{report}"),
        format!("/reports/{report}?claim={claim}"),
        format!("/events/{event}"),
        format!("/review?claim={claim}"),
    ]);
    all.extend(FURTHER.iter().map(|further| (*further).to_owned()));
    let description = json("/api/v1/openapi.json")?;
    let paths = description["paths"].as_object().ok_or_else(|| anyhow!("the API does not describe itself"))?;
    for (path, operations) in paths.iter().filter(|(_, operations)| operations.get("get").is_some()) {
        let id = match path.split('/').nth(3).unwrap_or_default() {
            "events" => &event,
            "claims" => &claim,
            _ => &report,
        };
        let needed = operations["get"]["parameters"].as_array().into_iter().flatten();
        let words = needed.filter(|one| one["in"] == "query" && one["required"] == true).count() > 0;
        let needs_words = words || path.ends_with("/search");
        all.push(format!("{}{}", path.replace("{id}", id), if needs_words { "?words=ceasefire" } else { "" }));
    }
    let coverage = json("/api/v1/coverage?limit=1000")?;
    let reports = coverage["rows"].as_array().into_iter().flatten().filter_map(|row| row["reports"].as_i64()).sum();
    Ok((all, reports))
}

/// Asks as a browser does; status and body.
fn get(address: SocketAddr, path: &str) -> anyhow::Result<(u16, String)> {
    let mut stream = TcpStream::connect(address)?;
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").context("no answer")?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no status")?;
    Ok((status, body.to_owned()))
}
