// Nothing may be kept in this browser: htmx would write the address of every page there, so the shelf is shut first.

for (const shelf of [sessionStorage, localStorage]) shelf.clear();
Storage.prototype.setItem = () => { throw new DOMException("Nothing is kept in this browser.", "SecurityError"); };
