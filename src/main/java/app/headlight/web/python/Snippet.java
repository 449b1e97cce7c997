package app.headlight.web.python;

import app.headlight.web.component.Heatmap;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A program in the making, block by block; it ends with the table of the picture: {@code header} and {@code rows}. */
final class Snippet {

    /** The line that stands where the browser puts the address at which it has this server. */
    static final String SERVER = "server = \"SERVER\"";

    private final StringBuilder text = new StringBuilder();

    /** Lines; each {@code %s} stands for one of the values, which are Python already. */
    Snippet add(String lines, Object... values) {
        text.append(values.length == 0 ? lines : lines.formatted(values));
        if (!lines.endsWith("\n")) {
            text.append('\n');
        }
        return this;
    }

    Snippet addIf(boolean needed, String lines, Object... values) {
        return needed ? add(lines, values) : this;
    }

    /** Prints the table, in which {@code rows} has been given. */
    String table(String... header) {
        return table(List.of(header));
    }

    String table(List<String> header) {
        add("header = %s", Literal.of(header));
        add("csv.writer(sys.stdout).writerows([header, *rows])");
        return text.toString();
    }

    /** The table of a heatmap, of which {@code values} has the cells; NaN: no cell. */
    String heatmap(Heatmap.Axis down, Heatmap.Axis across, String figure) {
        add("\ndown = %s", names(down));
        add("across = %s", down.names().equals(across.names()) ? "down" : names(across));
        add("""
                rows = [
                    (*d, *a, value)
                    for d, line in zip(down, values.tolist())
                    for a, value in zip(across, line)
                    if not math.isnan(value)
                ]
                """);
        return table(Stream.of(columns(down).stream(), columns(across).stream(), Stream.of(figure))
                .flatMap(each -> each)
                .toList());
    }

    /** The columns that an axis has in a table, as the browser writes them. */
    private static List<String> columns(Heatmap.Axis axis) {
        List<String> columns = new ArrayList<>();
        if (isPlaced(axis)) {
            columns.add(axis.title() + " position");
        }
        columns.add(axis.title());
        if (isKnown(axis)) {
            columns.add(axis.title() + " id");
        }
        return columns;
    }

    private static String names(Heatmap.Axis axis) {
        List<String> tuples = new ArrayList<>();
        for (Heatmap.Name name : axis.names()) {
            List<Object> cells = new ArrayList<>();
            if (isPlaced(axis)) {
                cells.add(Objects.requireNonNullElse(name.position(), ""));
            }
            cells.add(name.label());
            if (isKnown(axis)) {
                cells.add(Objects.requireNonNullElse(name.id(), ""));
            }
            tuples.add(Literal.tuple(cells.toArray()));
        }
        return Literal.list(tuples);
    }

    private static boolean isPlaced(Heatmap.Axis axis) {
        return axis.names().stream().anyMatch(name -> name.position() != null);
    }

    private static boolean isKnown(Heatmap.Axis axis) {
        return axis.names().stream().anyMatch(name -> name.id() != null);
    }

    /** So far. */
    @Override
    public String toString() {
        return text.toString();
    }
}
