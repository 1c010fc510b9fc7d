// Sets up wagtail-markdown's EasyMDE before it starts. Its spell checker and its icons would be fetched from elsewhere, and its
// preview shows HTML that nobody has sanitised: the browser checks spelling, buttons are letters, Wagtail previews the page.
(() => {
  const button = (name, icon, title, act) => ({ name, icon, title, action: (editor) => act(window.EasyMDE, editor) });

  // Wagtail's own windows, in which a picture can also be uploaded; what was chosen there is written as a reference.
  const refer = (editor, before, kind, chosen) => {
    const text = editor.codemirror;
    text.replaceSelection(`${before}[${text.getSelection() || chosen.title}](${kind}:${chosen.id})`);
    text.focus();
  };
  const choosePicture = (_, editor) =>
    new window.ImageChooserModal(editor.element.dataset.pictures).open({}, (chosen) => refer(editor, "!", "image", chosen));
  const choosePage = (_, editor) =>
    new window.PageChooserModal(editor.element.dataset.pages).open({ modelNames: ["wagtailcore.page"] }, (chosen) =>
      refer(editor, "", "page", chosen),
    );

  window.wagtailMarkdown = {
    options: {
      spellChecker: false,
      nativeSpellcheck: true,
      inputStyle: "contenteditable",
      status: false,
      previewRender: () => "",
      shortcuts: { togglePreview: null, toggleSideBySide: null, toggleFullScreen: null, drawImage: null },
      toolbar: [
        button("bold", "<strong>B</strong>", "Bold", (EasyMDE, editor) => EasyMDE.toggleBold(editor)),
        button("italic", "<em>I</em>", "Italic", (EasyMDE, editor) => EasyMDE.toggleItalic(editor)),
        button("heading", "H", "Heading", (EasyMDE, editor) => EasyMDE.toggleHeadingSmaller(editor)),
        "|",
        button("unordered-list", "•", "List", (EasyMDE, editor) => EasyMDE.toggleUnorderedList(editor)),
        button("ordered-list", "1.", "Numbered list", (EasyMDE, editor) => EasyMDE.toggleOrderedList(editor)),
        button("quote", "“", "Quote", (EasyMDE, editor) => EasyMDE.toggleBlockquote(editor)),
        button("table", "▦", "Table", (EasyMDE, editor) => EasyMDE.drawTable(editor)),
        "|",
        button("link", "↗", "Link", (EasyMDE, editor) => EasyMDE.drawLink(editor)),
        button("image", "▣", "Picture", choosePicture),
        button("page", "§", "Page of this house", choosePage),
        "|",
        button("undo", "↶", "Undo", (EasyMDE, editor) => EasyMDE.undo(editor)),
        button("redo", "↷", "Redo", (EasyMDE, editor) => EasyMDE.redo(editor)),
      ],
    },
  };
})();
