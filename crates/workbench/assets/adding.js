// Uploading files: each is sent to the API, which tells of every report once it is on the disk.

const section = document.getElementById("uploading");
const form = section.querySelector("form");
const progress = document.getElementById("progress");
const steps = document.getElementById("steps");
section.hidden = false;

/** Adds a line to what has happened. */
function tell(text, report) {
  const item = document.createElement("li");
  if (report) {
    const link = document.createElement("a");
    link.href = `/reports/${encodeURIComponent(report)}`;
    link.textContent = report;
    item.append(link, " ");
  }
  const words = document.createElement("bdi");
  words.textContent = text;
  item.append(words);
  steps.append(item);
}

/** Calls `each` with the name and the data of every event of a stream. */
async function events(body, each) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    waiting += part.value;
    const blocks = waiting.split("\n\n");
    waiting = blocks.pop();
    for (const block of blocks) {
      const lines = block.split("\n").map((line) => line.split(/: ?(.*)/s));
      const value = (name) => lines.filter(([key]) => key === name).map(([, text]) => text).join("\n");
      if (value("event") !== "") each(value("event"), JSON.parse(value("data")));
    }
  }
}

/** Sends a file; the sums of what became of it. */
async function send(file) {
  const address = new URL("/api/v1/reports", location.href);
  address.searchParams.set("name", file.name);
  if (form.elements.analyst) address.searchParams.set("analyst", form.elements.analyst.value);
  const headers = { "Content-Type": "application/octet-stream", Accept: "text/event-stream" };
  const answer = await fetch(address, { method: "POST", headers, body: file });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({ detail: answer.statusText }));
    tell(`${file.name}: ${problem.detail}`);
    return { new: 0, known: 0 };
  }
  let sums = null;
  let count = 0;
  await events(answer.body, (name, data) => {
    if (name === "report") {
      count += 1;
      progress.textContent = `${file.name}: ${count} reports on the disk`;
      tell(data.new ? `${data.name}: ${data.claims} claims` : `${data.name}: the ledger had it already`, data.report);
    } else if (name === "problem" || name === "failed") {
      tell(data.detail);
    } else if (name === "end") {
      sums = data;
    }
  });
  if (sums === null) tell(`${file.name}: not all was taken in; send it again, what is there is not taken in twice`);
  return sums ?? { new: 0, known: 0 };
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  steps.replaceChildren();
  const all = { new: 0, known: 0 };
  for (const file of form.elements.files.files) {
    progress.textContent = `${file.name}: reading…`;
    const sums = await send(file).catch((error) => {
      tell(`${file.name}: ${error.message}`);
      return { new: 0, known: 0 };
    });
    all.new += sums.new;
    all.known += sums.known;
  }
  progress.textContent = `${all.new} new reports, ${all.known} that the ledger had already`;
  button.disabled = false;
});
