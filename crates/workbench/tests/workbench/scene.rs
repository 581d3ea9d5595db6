//! The ledger of `examples/story/`, coded once for all tests, and requests to it.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use document::{Report, TextSpan};
use engine::{Engine, conversion};
use ledger::{Arrival, Coding, Ledger, Writer};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};
use tower::ServiceExt;
use workbench::users::Users;
use workbench::{Sent, Settings, Workbench, router};

const REPORTS: &str = include_str!("../../../../examples/story/reports.jsonl");

fn now() -> jiff::Timestamp {
    "2018-04-20T12:00:00Z".parse().unwrap()
}

/// Lines of JSON alone, whatever the name.
fn files(_: &str, bytes: Vec<u8>, each: &mut dyn FnMut(Sent) -> bool) {
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let read =
        |line: &str| serde_json::from_str(line).map_err(|error| error.to_string()).and_then(|sent| intake(&sent));
    text.lines().map(read).all(each);
}

const SETTINGS: Settings = Settings { now, intake, files };

/// A report as the intake makes it of a line of JSON.
fn intake(sent: &Value) -> Result<Report, String> {
    let text = |key: &str| sent[key].as_str().map(str::to_owned);
    let body = text("text").ok_or("it has no text")?;
    let (text_and_title, title, body_start) = match text("title") {
        Some(title) => {
            (format!("{title}\n\n{body}"), Some(TextSpan { start: 0, end: title.len() as u32 }), title.len() as u32 + 2)
        }
        None => (body, None, 0),
    };
    Ok(Report {
        id: text("id").unwrap_or_default(),
        text: text_and_title,
        title,
        body_start,
        published: text("published").and_then(|day| day.parse().ok()),
        outlet: text("outlet"),
        url: text("url"),
        language: Some("en".to_owned()),
        notes: Vec::new(),
    })
}

pub(crate) fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::built_in().unwrap())
}

fn arrival(sent: &Value) -> Arrival {
    let mut report = intake(sent).unwrap();
    let described = conversion::report(&report, true);
    report.id = ledger::identity(&described);
    // Sentences nest deeply.
    let work = move || engine().record(&engine().read(report), false);
    let record = std::thread::Builder::new().stack_size(32 << 20).spawn(work).unwrap().join().unwrap();
    Arrival::new(described, Some(Coding::new(record).unwrap()))
}

fn file(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("workbench-{name}.db"));
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
    }
    path
}

/// The file of the story.
fn story() -> &'static Path {
    static STORY: OnceLock<PathBuf> = OnceLock::new();
    STORY.get_or_init(|| {
        let path = file("story");
        take(&path, &REPORTS.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<_>>());
        path
    })
}

fn take(path: &Path, reports: &[Value]) {
    let mut ledger = Ledger::create(path).unwrap();
    let mut writer = Writer::new(&mut ledger, now());
    for report in reports {
        writer.take(&arrival(report)).unwrap();
    }
    writer.commit().unwrap();
}

/// A browser with the cookies that it was given.
pub(crate) struct Visit {
    router: Router,
    cookies: Vec<String>,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The value of the first hidden field of this name.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let at = self.body.find(&start).unwrap_or_else(|| panic!("no field {name} in {}", self.body));
        self.body[at + start.len()..].split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")
    }
}

/// The story, to be looked at.
pub(crate) fn visit() -> Visit {
    static ROUTER: OnceLock<Router> = OnceLock::new();
    let router = ROUTER.get_or_init(|| open(story())).clone();
    Visit { router, cookies: Vec::new() }
}

/// A copy of the story that a test may change.
pub(crate) fn own(name: &str) -> Visit {
    let path = file(name);
    std::fs::copy(story(), &path).unwrap();
    Visit { router: open(&path), cookies: Vec::new() }
}

/// The same with the path of its file.
pub(crate) fn own_file(name: &str) -> (PathBuf, Visit) {
    let visit = own(name);
    (Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("workbench-{name}.db")), visit)
}

/// Takes a report into a ledger without coding it, as another process would; its id.
pub(crate) fn add(path: &Path, sent: &Value) -> String {
    let described = conversion::report(&intake(sent).unwrap(), true);
    let id = ledger::identity(&described);
    let mut ledger = Ledger::create(path).unwrap();
    let mut writer = Writer::new(&mut ledger, now());
    writer.take(&Arrival::new(described, None)).unwrap();
    writer.commit().unwrap();
    id
}

/// A copy of the story that lets in whom `users` names, which the test may change.
pub(crate) fn guarded(name: &str, users: Users) -> (Visit, Arc<Mutex<Arc<Users>>>) {
    let path = file(name);
    std::fs::copy(story(), &path).unwrap();
    let users = Arc::new(Mutex::new(Arc::new(users)));
    let own = Arc::clone(&users);
    let workbench = Workbench::open(&path, SETTINGS).unwrap();
    let workbench = workbench.with_users(move || Ok(Arc::clone(&own.lock().unwrap())));
    (Visit { router: router(Arc::new(workbench)), cookies: Vec::new() }, users)
}

/// A ledger of some reports.
pub(crate) fn ledger_of(name: &str, reports: &[Value]) -> Visit {
    let path = file(name);
    take(&path, reports);
    Visit { router: open(&path), cookies: Vec::new() }
}

/// The address at which others than this process find a workbench, until the tests end.
pub(crate) fn served(visit: &Visit) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    let router = visit.router.clone();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            axum::serve(tokio::net::TcpListener::from_std(listener).unwrap(), router).await.unwrap();
        });
    });
    format!("http://{address}")
}

fn open(path: &Path) -> Router {
    router(Arc::new(Workbench::open(path, SETTINGS).unwrap()))
}

impl Visit {
    /// The same workbench as somebody else sees it.
    pub(crate) fn other(&self) -> Self {
        Self { router: self.router.clone(), cookies: Vec::new() }
    }

    pub(crate) fn send(&mut self, request: Request<Body>) -> Answer {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (parts, body) = runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            (parts, to_bytes(body, usize::MAX).await.unwrap())
        });
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
            let name = pair.split('=').next().unwrap().to_owned();
            self.cookies.retain(|other| other.split('=').next() != Some(&name));
            self.cookies.push(pair);
        }
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    pub(crate) fn request(&self, method: &str, address: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(address).header(header::HOST, "localhost:8020");
        if self.cookies.is_empty() { request } else { request.header(header::COOKIE, self.cookies.join("; ")) }
    }

    pub(crate) fn get(&mut self, address: &str) -> Answer {
        self.send(self.request("GET", address).body(Body::empty()).unwrap())
    }

    /// A page that is there.
    pub(crate) fn page(&mut self, address: &str) -> String {
        let answer = self.get(address);
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
        assert!(answer.header("content-type").starts_with("text/html"), "{address}");
        answer.body
    }

    /// An answer of the API that is there.
    pub(crate) fn ask(&mut self, address: &str) -> Value {
        let answer = self.get(&format!("/api/v1{address}"));
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
        answer.json()
    }

    pub(crate) fn post(&mut self, address: &str, body: &Value) -> Answer {
        let request = self.request("POST", address).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap())
    }

    pub(crate) fn form(&mut self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let encoded = |text: &str| {
            let byte = |byte: u8| {
                if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
            };
            text.bytes().map(byte).collect::<String>()
        };
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let request = self.request("POST", address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.join("&"))).unwrap())
    }
}
