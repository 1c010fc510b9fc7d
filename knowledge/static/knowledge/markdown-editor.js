// Sets up wagtail-markdown's EasyMDE before it starts. Its spell checker and its icons would be fetched from elsewhere, and its
// preview shows HTML that nobody has sanitised: the browser checks spelling, buttons are letters, Wagtail previews the page.
(() => {
  const button = (name, icon, title, act) => ({ name, icon, title, action: (editor) => act(window.EasyMDE, editor) });
  const insert = (before, after) => (_, editor) => {
    const text = editor.codemirror;
    text.replaceSelection(before + (text.getSelection() || "words") + after);
    text.focus();
  };

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
        button("image", "▣", "Picture: put its number from Images in place of 0", insert("![", "](image:0)")),
        button("page", "§", "Page of this house: put its number in place of 0", insert("[", "](page:0)")),
        "|",
        button("undo", "↶", "Undo", (EasyMDE, editor) => EasyMDE.undo(editor)),
        button("redo", "↷", "Redo", (EasyMDE, editor) => EasyMDE.redo(editor)),
      ],
    },
  };
})();
