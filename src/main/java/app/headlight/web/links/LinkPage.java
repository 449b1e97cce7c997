package app.headlight.web.links;

import org.jsoup.nodes.Document;
import org.jsoup.nodes.DocumentType;
import org.jsoup.nodes.Element;

/** The small pages behind short links; they hold no script. */
final class LinkPage {

    private static final String STYLE = ":root { color-scheme: light dark; }"
            + " body { margin: 15vh auto; max-width: 32em; padding: 0 20px; font: 15px/1.5 system-ui, sans-serif; }";

    private LinkPage() {}

    /**
     * The page that leads a browser to a view, and tells other programs what the view shows.
     *
     * @param root this server's root, with a slash at its end
     * @param view where the view is, below that
     * @param picture of the view, with this server's name
     * @param link this page's own address, with this server's name
     */
    static String leadingTo(String root, String view, Preview preview, String picture, String link) {
        Document page = page(root, "Headlight · " + preview.title());
        Element head = page.head();
        head.appendElement("meta").attr("http-equiv", "refresh").attr("content", "0; url=" + root + view);
        head.appendElement("meta").attr("name", "description").attr("content", preview.description());
        property(head, "og:type", "website");
        property(head, "og:site_name", "Headlight");
        property(head, "og:title", preview.title());
        property(head, "og:description", preview.description());
        property(head, "og:url", link);
        property(head, "og:image", picture);
        property(head, "og:image:type", "image/png");
        property(head, "og:image:width", String.valueOf(PreviewPainter.WIDTH));
        property(head, "og:image:height", String.valueOf(PreviewPainter.HEIGHT));
        property(head, "og:image:alt", preview.title() + ": " + preview.description());
        head.appendElement("meta").attr("name", "twitter:card").attr("content", "summary_large_image");
        page.body().appendElement("h1").text(preview.title());
        page.body().appendElement("p").text(preview.description());
        page.body()
                .appendElement("p")
                .appendElement("a")
                .attr("href", root + view)
                .text("Open the view");
        return page.outerHtml();
    }

    /** @param root this server's root, with a slash at its end */
    static String nowhere(String root) {
        Document page = page(root, "Headlight");
        page.body().appendElement("h1").text("There is no such short link");
        Element words = page.body()
                .appendElement("p")
                .text(
                        "It may have been cut off or mistyped on its way here: a short link ends in eight letters and digits,"
                                + " of which capitals and small letters differ. ");
        words.appendElement("a").attr("href", root).text("Open Headlight");
        words.appendText(" and take a sentence apart.");
        return page.outerHtml();
    }

    private static Document page(String root, String title) {
        Document page = Document.createShell("");
        page.prependChild(new DocumentType("html", "", ""));
        page.outputSettings().prettyPrint(false);
        page.selectFirst("html").attr("lang", "en");
        page.head().appendElement("meta").attr("charset", "utf-8");
        page.head().appendElement("meta").attr("name", "viewport").attr("content", "width=device-width");
        page.head().appendElement("link").attr("rel", "icon").attr("href", root + "favicon.svg");
        page.title(title);
        page.head().appendElement("style").appendText(STYLE);
        return page;
    }

    private static void property(Element head, String name, String content) {
        head.appendElement("meta").attr("property", name).attr("content", content);
    }
}
