// Says to the person what allauth's scripts say to the console: that the browser gave no passkey.
document.addEventListener("allauth.error", (event) => {
    const place = document.getElementById("passkey-fault");
    place.className = "fault";
    place.textContent = place.dataset.words;
    place.scrollIntoView({ block: "nearest" });
    event.preventDefault();
});
