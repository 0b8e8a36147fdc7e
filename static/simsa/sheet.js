// An expert's sheet is saved as it is typed. What the server has not confirmed stays on this device until it has.
//
// Figures are text from the field to the server and back; what may stand in a field is the server's matter alone. Words
// come with the form, so that they stand where all others do.
(() => {
    "use strict";
    const form = document.querySelector("form[data-sheet]");
    if (!form) return;

    const given = form.dataset;
    const key = `simsa-sheet:${given.sheet}`;
    const marks = [...form.querySelectorAll("[data-criterion]")];
    const comment = form.querySelector("[data-comment]");
    const part = (name) => form.querySelector(`[data-${name}]`);

    // ---- what stands in the form, and on this device

    const written = () => ({
        points: Object.fromEntries(marks.map((mark) => [mark.dataset.criterion, mark.value.trim()])),
        comment: comment.value,
    });
    const text = () => JSON.stringify(written());

    // The server's clock: this device's may be wrong, and another device may have saved meanwhile.
    const ahead = Date.parse(given.now) - Date.now();
    let savedAt = given.savedAt ? Date.parse(given.savedAt) : 0;
    // Which draft the page goes on from, as the server calls it: what another device has saved is not written over.
    const follows = form.elements.follows;
    let older = null;
    let kept = true; // whether this device keeps things at all

    const recall = () => {
        try {
            return JSON.parse(localStorage.getItem(key));
        } catch {
            return null;
        }
    };
    let signingOut = false;
    document.addEventListener("simsa-signing-out", () => {
        signingOut = true;
    });
    const put = (left) => {
        if (signingOut) return;
        try {
            if (left.sheet || left.older) localStorage.setItem(key, JSON.stringify(left));
            else localStorage.removeItem(key);
            kept = true;
        } catch {
            kept = false;
        }
    };
    // What was sent and never answered may stand on the server all the same, also once this page is closed.
    const unheard = new Set();
    const remember = () =>
        put({ sheet: written(), since: savedAt, at: Date.now() + ahead, older, unheard: [...unheard] });
    const forget = () => put({ older });

    const left = recall();
    if ("summary" in given) {
        // It was kept by the server on the way here.
        if (left && JSON.stringify(left.sheet) === text()) forget();
        return;
    }

    // ---- what the person is told

    let telling = 0;
    const say = (words, over = false) => {
        clearTimeout(telling);
        if (part("status").textContent !== words) part("status").textContent = words;
        part("sign-in").hidden = !over;
        part("again").hidden = true;
    };
    const clock = new Intl.DateTimeFormat(document.documentElement.lang || "ko", {
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
        timeZone: given.zone,
    });
    const unsaved = (words) => say(kept ? words : given.unkept);
    const fault = (mark, words) => {
        const place = document.getElementById(`${mark.name}_help`).querySelector("[data-faults]");
        place.replaceChildren();
        mark.closest(".s-criterion").classList.toggle("s-faulty", Boolean(words));
        if (words) {
            mark.setAttribute("aria-invalid", "true");
            place.append(Object.assign(document.createElement("p"), { className: "s-error", textContent: words }));
        } else mark.removeAttribute("aria-invalid");
    };

    // The exact sum: as whole numbers of the smallest place.
    const FIGURE = /^[0-9]{1,20}(\.[0-9]{1,20})?$/;
    const added = (figures) => {
        const parts = figures.map((figure) => figure.split("."));
        const places = Math.max(0, ...parts.map(([, after = ""]) => after.length));
        const whole = parts.reduce((sum, [before, after = ""]) => sum + BigInt(before + after.padEnd(places, "0")), 0n);
        const digits = whole.toString().padStart(places + 1, "0");
        return places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
    };
    const count = () => {
        const figures = marks.map((mark) => mark.value.trim()).filter((mark) => FIGURE.test(mark));
        part("filled").textContent = figures.length;
        part("total").textContent = added(figures);
    };

    // ---- saving

    const PAUSE = 1200; // after typing
    const GAP = 2000; // between two requests, which is half of what the server allows in a minute
    const LONGEST = 60000;
    const PATIENCE = 20000; // with one request
    const refused = new Map(); // mark -> the text that the server refused
    let handled = text(); // what the server has answered to
    let timer = 0;
    let sent = 0;
    let failures = 0;
    let sending = "";
    let pressed = null; // the button that waits for what is on its way
    let stopped = false;

    const schedule = (delay) => {
        clearTimeout(timer);
        if (!stopped) timer = setTimeout(send, Math.max(delay, sent + GAP - Date.now()));
    };
    const later = (words) => {
        unsaved(words);
        failures += 1;
        schedule(Math.min(LONGEST, GAP * 2 ** failures));
    };
    const stop = (words, over = false) => {
        stopped = true;
        clearTimeout(timer);
        say(words, over);
    };

    const send = async (leaving = false) => {
        clearTimeout(timer);
        const now = text();
        if (stopped || (now === handled && !unheard.size)) return;
        if (sending && !(leaving && sending !== now)) return;
        sending = now;
        sent = Date.now();
        clearTimeout(telling);
        telling = setTimeout(() => say(given.saving), 400); // a quick answer needs no announcement
        const { points, comment: opinion } = JSON.parse(now);
        for (const mark of refused.keys()) delete points[mark.dataset.criterion];
        const body = { points, comment: opinion };
        unheard.add(figures(body));
        remember();
        try {
            const answer = await fetch(given.api, {
                method: "PUT",
                keepalive: leaving,
                headers: {
                    "Content-Type": "application/json",
                    Accept: "application/json",
                    "Accept-Language": document.documentElement.lang,
                    "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
                },
                body: JSON.stringify({ ...body, follows: follows.value || null }),
                signal: AbortSignal.timeout(PATIENCE),
            });
            // A page in place of an answer is one that asks who is there.
            const plain = !answer.redirected && /json/.test(answer.headers.get("Content-Type") || "");
            const said = plain ? await answer.json() : null;
            if (answer.status >= 400 && answer.status < 500) unheard.delete(figures(body));
            await hear(answer.status, said, now);
        } catch {
            later(given.offline);
        }
        sending = ""; // not before the answer is understood: what is pressed meanwhile goes on from it
        const button = pressed;
        pressed = null;
        if (button && !stopped && !failures) form.requestSubmit(button);
    };

    const hear = async (status, said, now) => {
        if (status === 429 || status >= 500) return later(given.retrying);
        failures = 0;
        // A refusal has its facts. Without them it is the session: over, renewed elsewhere, or held for something else.
        if (!said || status === 401 || (status === 403 && !said.facts)) return stop(given.over, true);
        if (status === 200) return saved(said.at, now);
        if (said.facts && said.facts.kept_at) return crossed();
        const wrong = marks.find((mark) => said.facts && mark.dataset.criterion === said.facts.criterion);
        if (status === 400 && wrong) return refuse(wrong, said.detail, now);
        if (status === 400) {
            handled = now;
            return unsaved(said.detail);
        }
        if (said.code === "duplicate") forget();
        return stop(said.detail);
    };

    // Two lists of figures are the same where no field is empty in one and filled in the other, or filled otherwise.
    const figures = ({ points, comment: opinion }) => {
        const filled = Object.entries(points).filter(([, figure]) => figure !== "");
        return JSON.stringify([filled.sort(), opinion]);
    };

    const crossed = async () => {
        const answer = await fetch(given.api, { headers: { Accept: "application/json" } }).catch(() => null);
        if (!answer) return later(given.offline);
        const stands = answer.ok && !answer.redirected ? await answer.json() : null;
        if (stands && unheard.has(figures(stands))) {
            // It is this page's own, of which it had no answer.
            unheard.clear();
            follows.value = stands.at;
            savedAt = Date.parse(stands.at);
            return schedule(0);
        }
        remember(); // it follows on a draft that stands no longer: opened again, the page offers it
        stop(kept ? given.crossed : given.unkept);
        part("again").hidden = !kept;
    };

    const saved = (moment, now) => {
        const at = Date.parse(moment);
        follows.value = moment;
        unheard.clear();
        savedAt = at;
        handled = now;
        if (text() === now && !refused.size) {
            forget();
            return say(`${given.saved} ${clock.format(at)}`);
        }
        remember(); // what is left follows on what the server has now
        if (text() !== now) schedule(PAUSE);
        else say(given.mend);
    };

    const refuse = (mark, words, now) => {
        const about = JSON.parse(now).points[mark.dataset.criterion];
        if (mark.value.trim() === about) {
            refused.set(mark, about);
            fault(mark, words);
        }
        schedule(0); // without it
    };

    // ---- typing

    const changed = (event) => {
        const mark = event && marks.includes(event.target) ? event.target : null;
        if (mark && refused.get(mark) !== mark.value.trim()) {
            refused.delete(mark);
            fault(mark, "");
        }
        count();
        remember();
        if (!kept) say(given.unkept);
        schedule(PAUSE);
    };
    form.addEventListener("input", changed);
    form.addEventListener("focusout", () => schedule(0));
    form.addEventListener("keydown", (event) => {
        const place = marks.indexOf(event.target);
        if (event.key !== "Enter" || event.isComposing || place < 0) return;
        event.preventDefault();
        (marks[place + 1] || comment).focus();
    });
    form.addEventListener("submit", (event) => {
        if (navigator.onLine && (sending || (unheard.size && !stopped))) {
            // What is on its way is older, and must not arrive after the form; what was never answered may stand.
            event.preventDefault();
            pressed = event.submitter;
            say(given.saving);
            send();
        } else if (navigator.onLine) {
            stopped = true; // the form itself is on its way
            clearTimeout(timer);
        } else {
            event.preventDefault();
            unsaved(given.offline);
        }
    });

    document.addEventListener("visibilitychange", () => (document.hidden ? send(true) : schedule(0)));
    window.addEventListener("pagehide", () => send(true));
    window.addEventListener("pageshow", (event) => {
        if (!event.persisted) return;
        stopped = false;
        schedule(0);
    });
    window.addEventListener("online", () => {
        failures = 0;
        schedule(0);
    });
    window.addEventListener("beforeunload", (event) => {
        if (!kept && !stopped && text() !== handled) event.preventDefault();
    });

    // ---- what was left here when the page was last closed

    const show = (sheet) => {
        for (const mark of marks) mark.value = sheet.points[mark.dataset.criterion] ?? "";
        comment.value = sheet.comment;
        changed();
    };
    const tell = (name) => {
        for (const each of ["restored", "older"]) part(each).hidden = each !== name;
        part("left").hidden = !name;
    };
    const offer = (sheet) => {
        older = sheet;
        tell("older");
    };
    part("use").addEventListener("click", () => {
        const chosen = older;
        older = null;
        tell("restored");
        show(chosen);
    });
    part("drop").addEventListener("click", () => {
        older = null;
        tell("");
        if (text() === handled) forget();
        else remember();
    });

    older = (left && left.older) || null;
    for (const sent of (left && left.unheard) || []) unheard.add(sent);
    if ("typed" in given) {
        handled = "";
        changed();
    } else if (left) {
        if (!left.sheet || JSON.stringify(left.sheet) === handled) forget();
        else if (left.since === savedAt || unheard.has(figures(written()))) {
            show(left.sheet);
            tell("restored");
        } else offer(left.sheet);
        if (older) tell("older");
    }
    count();
})();
