package app.headlight.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** The Javadoc of every public type of the program says in its first sentence what the type is. */
class PublicTypesTest {

    /** A source as the compiler reads it. */
    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String name, String text) {
            super(URI.create("source:///" + name), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    @Test
    void sayWhatTheyAre() throws IOException {
        List<Source> sources;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .map(PublicTypesTest::source)
                    .toList();
        }
        Map<String, String> sentences = firstSentences(sources);
        assertThat(sentences).hasSizeGreaterThan(100);
        assertThat(sentences.entrySet().stream()
                        .filter(type -> type.getValue().isBlank())
                        .map(Map.Entry::getKey))
                .as("public types without a first sentence")
                .isEmpty();
    }

    @Test
    void areFoundWithoutASentence() throws IOException {
        Source source = new Source("Outer.java", """
                /** An outer type. It has others. */
                public class Outer {
                    public record Silent(int x) {}
                    /** @param x a number */
                    public record Tags(int x) {}
                    record Hidden(int x) {}
                    /** A kind. */
                    public enum Kind { ONE }
                }
                """);
        assertThat(firstSentences(List.of(source)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Outer", "An outer type.", "Outer.Silent", "", "Outer.Tags", "", "Outer.Kind", "A kind."));
    }

    /** By public type, the first sentence of its Javadoc; empty where it has none. */
    private static Map<String, String> firstSentences(List<Source> sources) throws IOException {
        JavacTask task = (JavacTask)
                ToolProvider.getSystemJavaCompiler().getTask(null, null, null, List.of("-proc:none"), null, sources);
        DocTrees comments = DocTrees.instance(task);
        Map<String, String> sentences = new TreeMap<>();
        for (CompilationUnitTree file : task.parse()) {
            new TreePathScanner<Void, String>() {
                @Override
                public Void visitClass(ClassTree type, String outer) {
                    boolean isPublic = type.getModifiers().getFlags().contains(Modifier.PUBLIC)
                            || getCurrentPath().getParentPath().getLeaf() instanceof ClassTree parent
                                    && parent.getKind() == Tree.Kind.INTERFACE;
                    if (!isPublic) {
                        return null;
                    }
                    String name = outer + type.getSimpleName();
                    DocCommentTree comment = comments.getDocCommentTree(getCurrentPath());
                    sentences.put(
                            name,
                            comment == null
                                    ? ""
                                    : String.join(
                                            "",
                                            comment.getFirstSentence().stream()
                                                    .map(Object::toString)
                                                    .toList()));
                    return super.visitClass(type, name + ".");
                }
            }.scan(file, file.getPackageName() == null ? "" : file.getPackageName() + ".");
        }
        return sentences;
    }

    private static Source source(Path file) {
        try {
            return new Source(file.getFileName().toString(), Files.readString(file));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(file.toString(), unreadable);
        }
    }
}
