// A figure is explained in a drawer beside the standings: its own page, fetched, and on the record like any reading of
// it. Without this script, or in another tab, the same link leads to that page.
(() => {
    "use strict";
    const drawer = document.getElementById("s-drawer");
    if (!drawer || !drawer.showModal) return;
    const body = drawer.querySelector("[data-body]");
    const page = drawer.querySelector("[data-page]");
    const waiting = body.innerHTML;
    let shown = 0;

    const addressed = (link) => new URL(link.getAttribute("href"), drawer.contains(link) ? page.href : location.href);
    const explains = (address) => address.origin === location.origin && address.pathname.includes("/figure/");

    const open = async (address) => {
        const turn = ++shown;
        page.href = address.href;
        body.innerHTML = waiting;
        body.setAttribute("aria-busy", "true");
        if (!drawer.open) drawer.showModal();
        let found = null;
        try {
            const answer = await fetch(address, { credentials: "same-origin" });
            const read = answer.ok && !answer.redirected ? await answer.text() : "";
            found = new DOMParser().parseFromString(read, "text/html").getElementById("s-figure");
        } catch {
            // The page itself says what is the matter.
        }
        if (turn !== shown || !drawer.open) return;
        if (!found) {
            location.assign(address);
            return;
        }
        body.replaceChildren(document.adoptNode(found));
        body.removeAttribute("aria-busy");
        body.scrollTop = 0;
        body.focus();
    };

    document.addEventListener("click", (event) => {
        const link = event.target.closest("a[href]");
        if (!link || link === page || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        const address = addressed(link);
        if (!explains(address)) return;
        event.preventDefault();
        open(address);
    });
    drawer.addEventListener("click", (event) => {
        if (event.target === drawer || event.target.closest("[data-close]")) drawer.close();
    });
})();
