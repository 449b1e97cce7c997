package app.headlight.web.component;

import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.shared.Registration;
import java.util.List;

/** A matrix as coloured cells with labelled rows and columns. */
@Tag("headlight-heatmap")
@JsModule("./heatmap/heatmap.ts")
@NpmPackage(value = "echarts", version = EChart.VERSION)
public class Heatmap extends LitComponent<Heatmap.Cells> {

    /**
     * @param values float32 in base64, row after row; NaN: no cell
     * @param scale diverging (signed) or sequential (magnitudes)
     */
    public record Cells(
            String name,
            String title,
            List<String> rows,
            List<String> columns,
            String values,
            String scale,
            String unit,
            String rowTitle,
            String columnTitle) {}

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
