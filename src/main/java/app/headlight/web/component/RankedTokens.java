package app.headlight.web.component;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.shared.Registration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of tokens of the vocabulary, each with a value and a bar, strongest first. */
@Tag("headlight-ranked-tokens")
@JsModule("./ranked-tokens/ranked-tokens.ts")
public class RankedTokens extends LitComponent<RankedTokens.Ranking> {

    /**
     * The content of the list: tokens by a value.
     *
     * @param rows the strongest, or what a search found
     * @param lowest the strongest at the other end; may be empty
     * @param total the size of the vocabulary
     * @param query the search that the rows answer; empty: none
     * @param message shown in place of rows; empty: none
     */
    public record Ranking(
            String name,
            String title,
            String columnLabel,
            String unit,
            List<Row> rows,
            List<Row> lowest,
            int total,
            String query,
            String message) {}

    /**
     * One token of the list.
     *
     * @param rank 1 for the highest; null: its place in the list
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Row(
            String label, int id, double value, @Nullable Integer rank, boolean marked) {}

    public RankedTokens searchable() {
        getElement().setProperty("searchable", true);
        return this;
    }

    public RankedTokens compact() {
        getElement().setProperty("compact", true);
        return this;
    }

    /** For quantities that are never negative: the accent colour in place of the signed ones. */
    public RankedTokens unsigned() {
        getElement().setProperty("signed", false);
        return this;
    }

    /** What a bar of full length stands for, such as 1 for probabilities, in place of the longest of the list. */
    public RankedTokens upTo(double full) {
        getElement().setProperty("full", full);
        return this;
    }

    public Registration addSearchListener(ComponentEventListener<SearchEvent> listener) {
        return addListener(SearchEvent.class, listener);
    }

    public Registration addTokenPickListener(ComponentEventListener<TokenPickEvent> listener) {
        return addListener(TokenPickEvent.class, listener);
    }

    /** The vocabulary is to be searched. */
    @DomEvent("search")
    public static class SearchEvent extends ComponentEvent<RankedTokens> {
        private final String query;

        public SearchEvent(RankedTokens source, boolean fromClient, @EventData("event.detail.query") String query) {
            super(source, fromClient);
            this.query = query;
        }

        public String query() {
            return query;
        }
    }

    /** A token of the vocabulary was selected. */
    @DomEvent("token-pick")
    public static class TokenPickEvent extends ComponentEvent<RankedTokens> {
        private final int id;

        public TokenPickEvent(RankedTokens source, boolean fromClient, @EventData("event.detail.id") int id) {
            super(source, fromClient);
            this.id = id;
        }

        public int id() {
            return id;
        }
    }
}
