package app.headlight.web.collections;

import app.headlight.services.findings.FindingCollection;
import app.headlight.services.findings.Slide;
import app.headlight.web.component.Script;
import app.headlight.web.component.SlideStage;
import app.headlight.web.component.SlideStage.Move;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The slides of a collection, one at a time, above a bar to move to the others. */
class SlideShow extends SlideStage {

    private final Div place = new Div();
    private final Span number = new Span();
    private final Div bar = new Div();
    private final Button back = button("‹ Back");
    private final Button next = button("Next ›");
    private transient @Nullable Slide shown;

    /** @param move told of each move that is asked for */
    SlideShow(Consumer<Move> move) {
        addClassName("hl-slide-show");
        place.addClassName("hl-slide-place");
        bar.addClassName("hl-slide-bar");
        number.setId("slide-number");
        number.getElement().setAttribute("role", "status");
        back.setId("slide-back");
        next.setId("slide-next");
        back.addClickListener(event -> move.accept(Move.BACK));
        next.addClickListener(event -> move.accept(Move.NEXT));
        addMoveListener(event -> move.accept(event.move()));
        Button full = button("Full screen (F)");
        Script.whenAttached(full, "this.onclick = () => this.closest('headlight-slide-stage').toggleFullScreen()");
        bar.add(back, number, next, full);
        add(place, bar);
    }

    /** Stands at the end of the bar. */
    void addToBar(Component... more) {
        bar.add(more);
    }

    /**
     * Shows a slide; what was done to its live pictures stays.
     *
     * @param index of a slide that is there, from 0
     */
    void show(FindingCollection collection, int index) {
        show(collection.slides().get(index), index, collection.slides().size());
    }

    /**
     * @param index of a slide that is there, from 0
     * @param views what is to be seen in its live pictures, a view a line
     */
    void show(FindingCollection collection, int index, String views) {
        show(collection, index);
        look(views);
    }

    private void show(Slide slide, int index, int count) {
        // The frame within would load anew.
        if (!slide.equals(shown)) {
            place.removeAll();
            place.add(new SlideCard(slide));
            shown = slide;
            look("");
        }
        number.setText((index + 1) + " / " + count);
        back.setEnabled(index > 0);
        next.setEnabled(index < count - 1);
    }

    static Button button(String text) {
        Button button = new Button(text);
        button.addThemeVariants(ButtonVariant.LUMO_SMALL);
        return button;
    }
}
