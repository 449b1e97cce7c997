package app.headlight.web.explore.sentences;

import app.headlight.engine.circuits.HeadOverSentences.Asked;
import app.headlight.engine.circuits.HeadOverSentences.Quantity;
import app.headlight.engine.circuits.HeadOverSentences.Role;
import app.headlight.services.search.ReadyPair.Template;
import app.headlight.services.sentences.SentenceSet;
import app.headlight.web.component.Forms;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.pairs.PairKinds;
import app.headlight.web.view.SentencesState;
import app.headlight.web.view.SentencesState.From;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where people say on which sentences a head is measured, and what of it. */
class SentencesFields extends Div {

    private static final String FORM = "sentences for a head";
    private static final List<Integer> COUNTS = List.of(4, 8, 16, 32, SentenceSet.MOST);

    private final transient StateChange change;
    private final Select<From> from = new Select<>();
    private final Select<Integer> count = new Select<>();
    private final Button others = new Button("Other sentences");
    private final TextArea own = new TextArea("One sentence a line, " + SentenceSet.MOST + " at most");
    private final Button use = new Button("Measure on these");
    private final Div written = new Div(own, use);
    private final Select<Quantity> quantity = new Select<>();
    private final Select<Role> role = new Select<>();
    private transient @Nullable SentencesState shown;

    SentencesFields(StateChange change) {
        this.change = change;
        addClassName("hl-sentences-fields");
        from.setId("sentences-from");
        from.setLabel("Sentences");
        from.setItems(From.values());
        from.setItemLabelGenerator(SentencesFields::label);
        from.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                to(state -> state.withFrom(event.getValue()));
            }
        });
        count.setId("sentences-count");
        count.setLabel("How many");
        count.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                to(state -> state.withCount(event.getValue()));
            }
        });
        others.setId("sentences-others");
        others.setTooltipText("Other sentences of the same kind");
        others.addThemeVariants(ButtonVariant.LUMO_SMALL);
        others.addClickListener(event -> to(SentencesState::withOthers));
        own.setId("sentences-own");
        own.setMaxLength(50_000);
        own.setPlaceholder("The cat saw the dog, and the dog saw the cat");
        use.setId("sentences-use");
        use.addThemeVariants(ButtonVariant.LUMO_PRIMARY, ButtonVariant.LUMO_SMALL);
        use.addClickListener(event -> {
            Forms.forget(FORM);
            to(state -> state.withOwn(own.getValue()));
        });
        written.addClassName("hl-search-own");
        Forms.name(written, FORM);
        quantity.setId("sentences-measure");
        quantity.setLabel("What is measured");
        quantity.setItems(Quantity.values());
        quantity.setItemLabelGenerator(QuantityWords::label);
        quantity.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                to(state -> state.withAsked(
                        new Asked(event.getValue(), state.asked().role())));
            }
        });
        role.setId("sentences-role");
        role.setLabel("to");
        role.setItems(Role.values());
        role.setItemLabelGenerator(QuantityWords::label);
        role.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                to(state -> state.withAsked(new Asked(Quantity.ATTENTION, event.getValue())));
            }
        });
        Div chosen = new Div(from, count, others);
        chosen.addClassName("hl-pairs");
        Div measured = new Div(quantity, role);
        measured.addClassName("hl-pairs");
        add(chosen, written, measured);
    }

    private void to(UnaryOperator<SentencesState> edit) {
        change.to(state -> state.withSentences(edit.apply(state.sentences())));
    }

    private static String label(From from) {
        return switch (from) {
            case TEXT -> "the model's text";
            case OWN -> "your own sentences";
            default -> PairKinds.label(Template.valueOf(from.name()));
        };
    }

    /** The kind of sentences that a template makes; null: others. */
    static @Nullable Template template(From from) {
        return from == From.TEXT || from == From.OWN ? null : Template.valueOf(from.name());
    }

    void show(SentencesState asked) {
        if (asked.equals(shown)) {
            return; // what is being typed stays
        }
        String before = shown == null ? "" : shown.own();
        shown = asked;
        from.setValue(asked.from());
        count.setItems(Stream.concat(COUNTS.stream(), Stream.of(asked.count()))
                .distinct()
                .sorted()
                .toList());
        count.setValue(asked.count());
        boolean isOwn = asked.from() == From.OWN;
        count.setVisible(!isOwn);
        others.setVisible(!isOwn);
        written.setVisible(isOwn);
        if (!asked.own().equals(before)) {
            own.setValue(asked.own());
        }
        quantity.setValue(asked.asked().quantity());
        role.setVisible(asked.asked().quantity() == Quantity.ATTENTION);
        role.setValue(asked.asked().role());
    }
}
