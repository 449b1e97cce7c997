package app.headlight.web.component;

import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.shared.Registration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the model would predict if it stopped after each layer. */
@Tag("headlight-logit-lens")
@JsModule("./logit-lens/logit-lens.ts")
public class LogitLensTable extends LitComponent<LogitLensTable.Lens> {

    /**
     * The content of the table: the predictions of all stages and positions.
     *
     * @param cells stage by stage, position by position
     */
    public record Lens(String name, List<TokenLabel> tokens, List<String> stages, List<List<Cell>> cells) {}

    /**
     * The prediction at one stage and position.
     *
     * @param top the likeliest tokens
     * @param rank of the token that really follows; null at the last position
     * @param kl from the final distribution, in nats
     * @param correct probability of the token that really follows; null at the last position
     */
    public record Cell(
            List<TokenStrip.Guess> top,
            @Nullable Integer rank,
            double kl,
            @Nullable Double correct) {}

    public LogitLensTable() {
        browserSets("show", "show-change");
    }

    public void select(int destination) {
        getElement().setProperty("destination", destination);
    }

    public void setQuantity(String quantity) {
        getElement().setProperty("show", quantity);
    }

    public Registration addTokenSelectListener(ComponentEventListener<TokenSelectEvent> listener) {
        return addListener(TokenSelectEvent.class, listener);
    }

    public Registration addQuantityChangeListener(ComponentEventListener<QuantityChangeEvent> listener) {
        return addListener(QuantityChangeEvent.class, listener);
    }

    /** The cells are coloured by another quantity. */
    @DomEvent("show-change")
    public static class QuantityChangeEvent extends ComponentEvent<LogitLensTable> {
        private final String quantity;

        public QuantityChangeEvent(
                LogitLensTable source, boolean fromClient, @EventData("event.detail.show") String quantity) {
            super(source, fromClient);
            this.quantity = quantity;
        }

        public String quantity() {
            return quantity;
        }
    }
}
