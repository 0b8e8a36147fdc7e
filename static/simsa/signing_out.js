// Whoever signs out leaves nothing of his sheets on this device; what the server does not have yet is not lost unasked.
(() => {
    "use strict";
    const form = document.getElementById("logout-form");
    if (!form) return;
    form.addEventListener("submit", (event) => {
        try {
            const own = Object.keys(localStorage).filter((key) => key.startsWith(`simsa-sheet:${form.dataset.account}:`));
            if (own.length && !window.confirm(form.dataset.unsaved)) event.preventDefault();
            else {
                own.forEach((key) => localStorage.removeItem(key));
                // Until the next page is there, one that is open would keep them again at its next attempt to save.
                document.dispatchEvent(new Event("simsa-signing-out"));
            }
        } catch {
            // A device that keeps nothing has nothing to clear.
        }
    });
})();
