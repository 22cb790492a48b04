// Shows what `interestfor` names, on hover and on focus, in browsers that do not know the attribute; Esc hides it.
// Written without ampersands and angle brackets: the page is XML too.
{
  let shown, source, timer;
  const native = "interestForElement" in HTMLAnchorElement.prototype;
  const hide = () => {
    clearTimeout(timer);
    shown?.hidePopover();
    shown = source = undefined;
  };
  const show = link => {
    hide();
    shown = document.getElementById(link.getAttribute("interestfor"));
    source = link;
    shown.showPopover({ source });
  };
  const look = event => {
    const link = event.target.closest("[interestfor]");
    const inside = shown?.contains(event.target);
    clearTimeout(timer);
    if (inside) return;
    if (!link) timer = setTimeout(hide, 300);
    else if (link !== source) timer = setTimeout(show, 250, link);
  };
  if (!native) {
    addEventListener("mouseover", look);
    addEventListener("focusin", look);
    addEventListener("keydown", event => event.key === "Escape" ? hide() : undefined);
  }
}
