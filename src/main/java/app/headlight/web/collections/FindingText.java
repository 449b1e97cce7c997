package app.headlight.web.collections;

import app.headlight.ground.markdown.SafeMarkdown;
import app.headlight.web.view.EmbedAddress;
import com.vaadin.flow.component.html.Div;
import java.util.function.UnaryOperator;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Markdown on a page, with the pictures in it, which are views of Headlight, live or still. */
final class FindingText {

    private FindingText() {}

    /** With pictures that can be explored. */
    static Div live(String markdown) {
        Document text = parsed(markdown);
        for (Element picture : text.select("img")) {
            Element frame = new Element("iframe")
                    .attr("src", EmbedAddress.of(picture.attr("src")).orElse("embed"))
                    .attr("title", picture.attr("alt").isBlank() ? "A live view" : picture.attr("alt"))
                    .attr("loading", "lazy")
                    .addClass("hl-live-picture");
            picture.replaceWith(frame);
        }
        return shown(text);
    }

    /**
     * With pictures that can be printed.
     *
     * @param picture of a view, by the view's address
     */
    static Div still(String markdown, UnaryOperator<String> picture) {
        Document text = parsed(markdown);
        for (Element image : text.select("img")) {
            image.attr("src", picture.apply(image.attr("src"))).removeAttr("loading");
        }
        return shown(text);
    }

    private static Document parsed(String markdown) {
        Document text = Jsoup.parseBodyFragment(SafeMarkdown.html(markdown));
        text.outputSettings().prettyPrint(false);
        return text;
    }

    private static Div shown(Document text) {
        Div div = new Div();
        div.addClassName("hl-prose");
        div.getElement().setProperty("innerHTML", text.body().html());
        return div;
    }
}
