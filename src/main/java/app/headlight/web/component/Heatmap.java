package app.headlight.web.component;

import app.headlight.engine.text.Piece;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.shared.Registration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A matrix as coloured cells with labelled rows and columns. */
@Tag("headlight-heatmap")
@JsModule("./heatmap/heatmap.ts")
@NpmPackage(value = "echarts", version = EChart.VERSION)
public class Heatmap extends LitComponent<Heatmap.Cells> {

    /**
     * The content of the picture: a matrix with its names and colours.
     *
     * @param values float32 in base64, row after row; NaN: no cell
     * @param scale diverging (signed) or sequential (magnitudes)
     * @param figure what a cell's figure is, in full, as a table's column says it
     * @param more what else is known of each cell
     */
    public record Cells(
            String name,
            String title,
            Axis rows,
            Axis columns,
            String values,
            String scale,
            String unit,
            String figure,
            List<More> more) {

        /** Cells of one figure each. */
        public Cells(
                String name,
                String title,
                Axis rows,
                Axis columns,
                String values,
                String scale,
                String unit,
                String figure) {
            this(name, title, rows, columns, values, scale, unit, figure, List.of());
        }

        /** Cells whose unit says in full what they are. */
        public Cells(String name, String title, Axis rows, Axis columns, String values, String scale, String unit) {
            this(name, title, rows, columns, values, scale, unit, unit);
        }

        /** The same with more that is known of each. */
        public Cells with(List<More> more) {
            return new Cells(name, title, rows, columns, values, scale, unit, figure, more);
        }
    }

    /**
     * A second figure of each cell, which its tooltip, the table and the file say.
     *
     * @param values as those of the cells
     */
    public record More(String label, String values) {}

    /**
     * What the rows or the columns are, in their order.
     *
     * @param title what they are: "head", "source"
     */
    public record Axis(String title, List<Name> names) {

        /** Names alone. */
        public static Axis of(String title, List<String> labels) {
            return new Axis(
                    title,
                    labels.stream().map(label -> new Name(label, null, null)).toList());
        }

        /** The tokens of a sentence at their positions. */
        public static Axis sentence(String title, List<Piece> pieces) {
            return new Axis(
                    title,
                    IntStream.range(0, pieces.size())
                            .mapToObj(at -> new Name(
                                    pieces.get(at).marked(), at, pieces.get(at).id()))
                            .toList());
        }

        /** Tokens wherever they stand. */
        public static Axis tokens(String title, List<Piece> pieces) {
            return new Axis(
                    title,
                    pieces.stream()
                            .map(piece -> new Name(piece.marked(), null, piece.id()))
                            .toList());
        }

        /** The same with a name in front that is no token. */
        public Axis after(String label) {
            return new Axis(
                    title,
                    Stream.concat(Stream.of(new Name(label, null, null)), names.stream())
                            .toList());
        }
    }

    /**
     * The name of a row or of a column.
     *
     * @param position in the sentence; null for what stands nowhere in it
     * @param id of the token; null for what is no token
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Name(
            String label,
            @Nullable Integer position,
            @Nullable Integer id) {}

    /** With the figures written into the cells, where these are large enough. */
    public Heatmap withFigures() {
        getElement().setProperty("figures", true);
        return this;
    }

    /** @param axis the axis whose names are tokens of the sentence, {@code rows} or {@code columns} */
    public void setTokens(String axis) {
        getElement().setProperty("tokens", axis);
    }

    public void select(int row, int column) {
        getElement().setProperty("selectedRow", row);
        getElement().setProperty("selectedColumn", column);
    }

    public Registration addCellSelectListener(ComponentEventListener<CellSelectEvent> listener) {
        return addListener(CellSelectEvent.class, listener);
    }

    /** A cell has been picked. */
    @DomEvent("cell-select")
    public static class CellSelectEvent extends ComponentEvent<Heatmap> {
        private final int row;
        private final int column;

        public CellSelectEvent(
                Heatmap source,
                boolean fromClient,
                @EventData("event.detail.row") int row,
                @EventData("event.detail.column") int column) {
            super(source, fromClient);
            this.row = row;
            this.column = column;
        }

        public int row() {
            return row;
        }

        public int column() {
            return column;
        }
    }
}
