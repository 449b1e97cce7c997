package app.headlight.web.explore.patching;

import app.headlight.services.models.OpenModel;
import app.headlight.services.search.ReadyPair;
import app.headlight.services.search.ReadyPair.Template;
import app.headlight.web.explore.shown.Choice;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes pairs of sentences from the words of a model, another with each press. */
class ReadyPairs extends Div {

    private static final String OFFER = "Or a pair made of this model's words:";

    private final Span words = new Span(OFFER);
    private final transient Consumer<ReadyPair> made;
    private transient @Nullable OpenModel model;

    /** @param made told each pair */
    ReadyPairs(Consumer<ReadyPair> made) {
        this.made = made;
        addClassName("hl-ready");
        add(
                words,
                button(
                        Template.INDUCTION,
                        "a passage said twice",
                        "Words of which the first come again, so that what followed them follows again. In the second"
                                + " sentence one of them was another word the first time."),
                button(
                        Template.TWO_NAMES,
                        "two names",
                        "Of two names one comes again, so that the other is meant. In the second sentence the other comes"
                                + " again."));
    }

    private Button button(Template template, String label, String meaning) {
        Button button = new Button(label, event -> make(template));
        button.setId("ready-" + Choice.name(template));
        button.setTooltipText(meaning);
        button.addThemeVariants(ButtonVariant.LUMO_SMALL);
        return button;
    }

    /** Makes them for a model. */
    void of(OpenModel model) {
        this.model = model;
        words.setText(OFFER);
    }

    private void make(Template template) {
        Optional<ReadyPair> pair = model == null
                ? Optional.empty()
                : ReadyPair.of(model, template, ThreadLocalRandom.current().nextLong());
        words.setText(pair.isPresent() ? OFFER : "This model's vocabulary has too few of the words of such a pair.");
        pair.ifPresent(made);
    }
}
