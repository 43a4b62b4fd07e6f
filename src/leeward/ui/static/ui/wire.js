// The one way our scripts speak to the server: our own address only, nothing kept in the browser.

const bearer = document.querySelector("[hx-headers]");
export const words = document.getElementById("words")?.dataset ?? {};
export const announce = (name, detail = {}) => document.dispatchEvent(new CustomEvent(`leeward:${name}`, { detail }));
export const on = (name, act) => document.addEventListener(`leeward:${name}`, (event) => act(event.detail));

function token() {
  if (bearer) return JSON.parse(bearer.getAttribute("hx-headers"))["X-CSRFToken"];
  return document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

function renew(fresh) {
  bearer?.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": fresh }));
  for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = fresh;
}

// Answers the response, or nothing when the network is away. A page that was open through another sign-in gets a
// fresh token once, so that nobody has to type again.
export async function send(url, body, { keepalive = false, again = true } = {}) {
  if (body instanceof FormData && body.has("csrfmiddlewaretoken")) body.set("csrfmiddlewaretoken", token());
  let answer;
  try {
    // Whose page this is: what is typed here is never saved under the name of whoever signed in after her.
    const { who } = document.body.dataset;
    const headers = { "X-Part": "1", "X-CSRFToken": token(), ...(who && { "X-Who": who }) };
    answer = await fetch(url, { method: "POST", body, headers, keepalive, credentials: "same-origin", cache: "no-store" });
  } catch {
    return null;
  }
  const fresh = answer.headers.get("X-Fresh-Token");
  if (fresh) {
    renew(fresh);
    if (again && answer.status === 403) return send(url, body, { keepalive, again: false });
  }
  if (answer.status === 423) announce("locked");
  else if (answer.ok) announce("contact");
  return answer;
}
