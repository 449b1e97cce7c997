package app.headlight.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * One of the repository's Markdown files.
 *
 * @param file its path from the root of the repository
 * @param headings their texts, in order
 * @param links where its links and pictures lead, as written
 * @param blocks its blocks of code, in order
 */
record Document(Path file, List<String> headings, List<String> links, List<Block> blocks) {

    /**
     * A block of code.
     *
     * @param info what stands behind the opening fence, such as {@code sh} or {@code json config.json}; empty where the block
     *     is indented
     */
    record Block(String info, String text) {

        boolean isJson() {
            return info.split(" ")[0].equals("json");
        }
    }

    private static final List<Extension> TABLES = List.of(TablesExtension.create());

    /** README, CONTRIBUTING and all of docs. */
    static Stream<Document> all() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            List<Path> files = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
            return files.stream().map(Document::read);
        }
    }

    static Document read(Path file) {
        try {
            return of(file, Files.readString(file));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(file + " cannot be read", unreadable);
        }
    }

    static Document of(Path file, String markdown) {
        Node root = Parser.builder().extensions(TABLES).build().parse(markdown);
        TextContentRenderer text = TextContentRenderer.builder().build();
        Document document = new Document(file, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        root.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                document.headings.add(text.render(heading).strip());
                visitChildren(heading);
            }

            @Override
            public void visit(Link link) {
                document.links.add(link.getDestination());
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                document.links.add(image.getDestination());
            }

            @Override
            public void visit(FencedCodeBlock block) {
                document.blocks.add(new Block(block.getInfo(), block.getLiteral()));
            }

            @Override
            public void visit(IndentedCodeBlock block) {
                document.blocks.add(new Block("", block.getLiteral()));
            }
        });
        return document;
    }

    @Override
    public String toString() {
        return file.toString();
    }

    /** What a link to each heading ends with, as GitHub makes it: the second of two equal ones ends in -1. */
    List<String> anchors() {
        Map<String, Integer> seen = new LinkedHashMap<>();
        List<String> anchors = new ArrayList<>();
        for (String heading : headings) {
            String anchor = heading.toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int before = seen.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }
}
