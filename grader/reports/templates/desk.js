"use strict";
// The page to work on. Whatever is shown here as text is set as text: nothing that anybody wrote becomes markup.
const top_ = document.getElementById("top"), told = document.getElementById("told"), who = document.getElementById("who");
const root = top_.dataset.root, saying = document.getElementById("saying");
const byId = id => document.getElementById(id), valueOf = id => byId(id)?.value ?? "";
let seen = Number(top_.dataset.seen);

const kept = name => { try { return sessionStorage.getItem(name); } catch { return null; } };
const keep = (name, value) => { try { sessionStorage.setItem(name, value); } catch { /* it is only convenient */ } };
if (kept("who")) who.value = kept("who");
who.addEventListener("change", () => keep("who", who.value));
if (kept("told")) { tell(kept("told")); keep("told", ""); }

function tell(text, wrong = false) { told.textContent = text; told.classList.toggle("wrong", wrong); }

async function send(where, what) {
  let answer, found;
  try {
    answer = await fetch(root + where, {method: "POST", headers: {"Content-Type": "application/json"},
      body: JSON.stringify(what), credentials: "omit", cache: "no-store"});
    found = await answer.json();
  } catch {
    tell("Not saved: grade desk does not answer. What you wrote is still here.", true);
    return null;
  }
  if (answer.status === 409) {
    seen = found.seen;
    tell(`Not saved yet. ${found.error}\n${found.news.join("\n")}\nSave once more to say it all the same.`, true);
    return null;
  }
  if (!answer.ok) { tell(`Not saved: ${found.error}`, true); return null; }
  return found;
}

function again(text) { keep("told", text); location.reload(); }

async function say(kind, points, text, saveAs) {
  const group = saying.dataset.group || valueOf("group");
  const found = await send("say", {who: who.value, seen, kind, points, text, save_as: saveAs, check: valueOf("check"),
    exercise: saying.dataset.exercise, stem: group ? "" : saying.dataset.stem, group});
  if (found) again(found.count > 1 ? `Saved for ${found.count} students.` : `Saved. The mark: ${found.mark}.`);
}

byId("comment-form")?.addEventListener("submit", event => {
  event.preventDefault();
  say(byId("private").checked ? "note" : "comment", "", valueOf("text"), valueOf("save-as"));
});
byId("points-form")?.addEventListener("submit", event => {
  event.preventDefault();
  say("points", valueOf("points"), valueOf("why"), "");
});
byId("saved")?.addEventListener("change", event => { if (event.target.value) byId("text").value = event.target.value; });
for (const button of document.querySelectorAll(".withdraw")) {
  button.addEventListener("click", async () => {
    const found = await send("withdraw", {who: who.value, seen, number: Number(button.dataset.number)});
    if (found) again(`Taken back. The mark: ${found.mark}.`);
  });
}
byId("regrade")?.addEventListener("click", async event => {
  event.target.disabled = true;
  tell("Grading again …");
  const found = await send("regrade", {stem: saying.dataset.stem, exercise: saying.dataset.exercise});
  event.target.disabled = false;
  if (found) again(found.said);
});
byId("find")?.addEventListener("input", event => {
  const wanted = event.target.value.toLocaleLowerCase();
  for (const item of byId("people").children) item.hidden = !item.textContent.toLocaleLowerCase().includes(wanted);
});

const go = where => { if (where) location.href = root + where; };
const keys = {
  q: () => go("./"), j: () => go(top_.dataset.after), k: () => go(top_.dataset.before), n: () => go(top_.dataset.next),
  c: () => byId("text")?.focus(), p: () => byId("points")?.focus(), r: () => byId("regrade")?.click(),
};
document.addEventListener("keydown", event => {
  const field = event.target.closest?.("input, textarea, select");
  if (event.key === "Escape" && field) { field.blur(); return; }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && field?.form) { field.form.requestSubmit(); return; }
  if (field || event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
  event.preventDefault();
  keys[event.key]();
});
