package app.headlight.web.errors;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.DocumentType;
import org.jsoup.nodes.Element;
import tools.jackson.databind.json.JsonMapper;

/**
 * The words for an HTTP status.
 *
 * @param title a few words
 * @param detail what the person who asked can do
 */
record ErrorWords(int status, String title, String detail) {

    private static final String STYLE = ":root { color-scheme: light dark; }"
            + " body { margin: 15vh auto; max-width: 32em; padding: 0 20px; font: 15px/1.5 system-ui, sans-serif; }";

    static ErrorWords of(int status) {
        return switch (status) {
            case 400 ->
                new ErrorWords(
                        status, "This address cannot be read", "It may have been cut off or changed on its way here.");
            case 401 -> new ErrorWords(status, "Not for strangers", "Sign in, or send an access token.");
            case 403 -> new ErrorWords(status, "Not allowed", "Your account may not do this.");
            case 404 ->
                new ErrorWords(
                        status, "Nothing is here", "What was here is gone, or the address was cut off on its way.");
            case 405 -> new ErrorWords(status, "Not allowed", "This address does not accept this method.");
            case 406 ->
                new ErrorWords(
                        status,
                        "Not available in this form",
                        "This address cannot answer in any of the requested forms.");
            case 408 -> new ErrorWords(status, "Too slow", "The request did not arrive in time.");
            case 413 -> new ErrorWords(status, "Too much", "The body is longer than this address accepts.");
            case 414, 431 ->
                new ErrorWords(
                        status,
                        "The address is too long",
                        "Address and headers have 64 KB together. A longer text can be pasted into its field.");
            case 415 -> new ErrorWords(status, "Cannot be read", "This address does not accept a body of this type.");
            case 416 -> new ErrorWords(status, "No such part", "There are no such bytes here.");
            case 501 -> new ErrorWords(status, "Not allowed", "There is no such method here.");
            case 503 -> new ErrorWords(status, "Not at the moment", "Try again in a while.");
            case 507 -> new ErrorWords(status, "No room", "The server has no room left to store anything.");
            default ->
                status < 500
                        ? new ErrorWords(status, "Cannot be answered", "The request cannot be answered.")
                        : new ErrorWords(
                                status, "Something went wrong in the server", "The server's log says what it was.");
        };
    }

    /** As problem details (RFC 9457). */
    String json() {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("title", title);
        problem.put("status", status);
        problem.put("detail", detail);
        return JsonMapper.shared().writeValueAsString(problem);
    }

    /**
     * As a page, which holds no script.
     *
     * @param root this server's root, with a slash at its end
     */
    String html(String root) {
        Document page = Document.createShell("");
        page.prependChild(new DocumentType("html", "", ""));
        page.outputSettings().prettyPrint(false);
        page.selectFirst("html").attr("lang", "en");
        page.head().appendElement("meta").attr("charset", "utf-8");
        page.head().appendElement("meta").attr("name", "viewport").attr("content", "width=device-width");
        page.head().appendElement("link").attr("rel", "icon").attr("href", root + "favicon.svg");
        page.title("Headlight");
        page.head().appendElement("style").appendText(STYLE);
        page.body().appendElement("h1").text(title);
        Element words = page.body().appendElement("p").text(detail + " ");
        words.appendElement("a").attr("href", root).text("Open Headlight");
        words.appendText(" and take a sentence apart.");
        return page.outerHtml();
    }
}
