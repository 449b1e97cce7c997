package app.headlight.ground.markdown;

import app.headlight.ground.addresses.ViewAddress;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/**
 * Markdown (CommonMark with tables, strikethrough and bare links) as HTML in which nothing runs. HTML in the text is
 * shown as it was typed; links lead to http, https, mailto or a page of our own; the only pictures are our own embedded
 * ones. It is safe twice: links and pictures are checked before rendering, and afterwards only a list of allowed
 * elements remains.
 */
public final class SafeMarkdown {

    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), StrikethroughExtension.create(), AutolinkExtension.create());
    private static final Parser PARSER = Parser.builder()
            .extensions(EXTENSIONS)
            .includeSourceSpans(IncludeSourceSpans.NONE)
            .maxOpenBlockParsers(30)
            .maxInlineNesting(50)
            .build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .build();
    private static final Pattern OUTSIDE =
            Pattern.compile("(?:https?://|mailto:)[^\\p{Cntrl}\\s\\\\]+", Pattern.CASE_INSENSITIVE);
    private static final Set<String> ALIGNMENTS = Set.of("left", "right", "center");
    private static final Safelist ALLOWED = new Safelist()
            .addTags("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "em", "strong", "del", "code", "pre")
            .addTags("blockquote", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "a", "img")
            .addAttributes("a", "href", "title", "rel")
            .addAttributes("img", "src", "alt", "title", "loading")
            .addAttributes("ol", "start")
            .addAttributes("th", "align")
            .addAttributes("td", "align");

    private SafeMarkdown() {}

    /** @return HTML for the inside of an element; links open with {@code rel="noopener nofollow"} */
    public static String html(String markdown) {
        Node document = PARSER.parse(markdown);
        document.accept(new Addresses());
        Document cleaned = new Cleaner(ALLOWED).clean(Jsoup.parseBodyFragment(RENDERER.render(document)));
        for (Element link : cleaned.select("a")) {
            if (mayLead(link.attr("href"))) {
                link.attr("rel", "noopener nofollow");
            } else {
                link.unwrap();
            }
        }
        for (Element picture : cleaned.select("img")) {
            if (ViewAddress.isPicture(picture.attr("src"))) {
                picture.attr("loading", "lazy");
            } else {
                picture.remove();
            }
        }
        cleaned.select("[align]").forEach(cell -> {
            if (!ALIGNMENTS.contains(cell.attr("align"))) {
                cell.removeAttr("align");
            }
        });
        cleaned.outputSettings().prettyPrint(false);
        return cleaned.body().html();
    }

    /** The text without Markdown, cut at a number of characters, for previews. */
    public static String plain(String markdown, int longest) {
        String text = Jsoup.parseBodyFragment(html(markdown)).text();
        return text.length() <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, longest - 1))) + "…";
    }

    static boolean mayLead(String address) {
        return OUTSIDE.matcher(address).matches() || ViewAddress.isOwn(address);
    }

    /** Replaces forbidden links by their text, and forbidden pictures by their description. */
    private static final class Addresses extends AbstractVisitor {

        @Override
        public void visit(Link link) {
            visitChildren(link);
            link.setDestination(ours(link.getDestination()));
            if (!mayLead(link.getDestination())) {
                replaceByChildren(link);
            }
        }

        @Override
        public void visit(Image image) {
            visitChildren(image);
            image.setDestination(ours(image.getDestination()));
            if (!ViewAddress.isPicture(image.getDestination())) {
                replaceByChildren(image);
            }
        }

        private static String ours(String address) {
            return address.startsWith("/") && ViewAddress.isOwn(address.substring(1)) ? address.substring(1) : address;
        }

        private static void replaceByChildren(Node node) {
            Node child = node.getFirstChild();
            while (child != null) {
                Node next = child.getNext();
                node.insertBefore(child);
                child = next;
            }
            node.unlink();
        }
    }
}
