package app.headlight.web.pairs;

import app.headlight.web.component.Forms;
import app.headlight.web.view.AskedPairs;
import app.headlight.web.view.AskedPairs.Made;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields in which people choose pairs of sentences; a page places them. */
public final class PairFields {

    private static final List<Integer> COUNTS = List.of(1, 2, 4, 8, 16, 32);

    private final Select<Made> made = new Select<>();
    private final Select<Integer> count = new Select<>();
    private final Button others = new Button("Other pairs");
    private final TextArea own = new TextArea();
    private final Button use = new Button();
    private final Div written = new Div(own, use);
    private String shownRows = "";
    private @Nullable AskedPairs shown;

    /**
     * @param form the name of what is typed, for the browser
     * @param use what the button beside a person's own pairs says
     * @param change told what is chosen: what is to be done to the pairs that were asked for before
     */
    public PairFields(String form, String use, Consumer<UnaryOperator<AskedPairs>> change) {
        this.use.setText(use);
        made.setId("task");
        made.setItems(Made.values());
        made.setAriaLabel("Pairs of sentences");
        made.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                change.accept(asked -> asked.withMade(event.getValue()));
            }
        });
        made.setItemLabelGenerator(kind ->
                kind == null ? "" : kind == Made.OWN ? "your own pairs" : PairKinds.label(ReadPairs.template(kind)));
        count.setId("count");
        count.setAriaLabel("Number of pairs");
        count.setItemLabelGenerator(number -> number == 1 ? "1 pair" : number + " pairs");
        count.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                change.accept(asked -> asked.withCount(event.getValue()));
            }
        });
        others.setId("others");
        others.setTooltipText("Other pairs of the same kind, from this model's words");
        others.addThemeVariants(ButtonVariant.LUMO_SMALL);
        others.addClickListener(event -> change.accept(AskedPairs::withOthers));
        written.addClassName("hl-search-own");
        own.setId("own");
        own.setLabel("A pair a row: clean sentence, corrupt sentence, answer, wrong token; or a JSON object a line");
        own.setPlaceholder(
                "\"When Mary and Tom went out, Tom gave a hat to\",\"When Mary and Tom went out, Mary gave a hat to\",Mary,Tom");
        own.setMaxLength(100_000);
        this.use.setId("use-own");
        this.use.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        this.use.addClickListener(event -> {
            Forms.forget(form);
            change.accept(asked -> asked.withOwn(own.getValue()));
        });
        Forms.name(written, form);
    }

    /** Offers to choose no pairs too. */
    public PairFields orNone(String label, Runnable chosen) {
        made.setEmptySelectionAllowed(true);
        made.setEmptySelectionCaption(label);
        made.setPlaceholder(label);
        made.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() == null) {
                chosen.run();
            }
        });
        return this;
    }

    /** What is chosen, how many, and others. */
    public List<Component> choices() {
        return List.of(made, count, others);
    }

    /** Where a person writes their own. */
    public Component written() {
        return written;
    }

    /** @param asked null: none */
    public void show(@Nullable AskedPairs asked) {
        if (asked != null && asked.equals(shown)) {
            return; // what is being typed stays
        }
        shown = asked;
        boolean isOwn = asked != null && asked.made() == Made.OWN;
        boolean isMade = asked != null && !isOwn;
        made.setValue(asked == null ? null : asked.made());
        if (asked != null) {
            count.setItems(Stream.concat(COUNTS.stream(), Stream.of(asked.count()))
                    .distinct()
                    .sorted()
                    .toList());
            count.setValue(asked.count());
        }
        count.setVisible(isMade);
        others.setVisible(isMade);
        written.setVisible(isOwn);
        String rows = asked == null ? "" : asked.own();
        if (!rows.equals(shownRows)) {
            shownRows = rows;
            own.setValue(rows);
        }
    }
}
