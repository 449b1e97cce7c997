package app.headlight.web.explore.shown;

import app.headlight.services.lab.Measurement;
import app.headlight.web.page.LongWork;
import app.headlight.web.panels.Panel;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import org.jspecify.annotations.Nullable;

/** What stands under one tab, or a sentence that says why there is nothing. */
public abstract class TabContent extends Div implements Panel<Exploration> {

    private final Div pictures = new Div();
    private final Span nothing = new Span();
    private final LongWork work = new LongWork();

    public TabContent(String layout, Component... pictures) {
        this.pictures.addClassNames("hl-tab", layout);
        this.pictures.add(pictures);
        nothing.addClassName("hl-empty");
        add(nothing, work, this.pictures);
    }

    /** One more, after the others. */
    protected final void addPicture(Component picture) {
        pictures.add(picture);
    }

    @Override
    public final void show(Exploration exploration) {
        String why = missing(exploration);
        nothing.setText(why);
        nothing.setVisible(!why.isEmpty());
        pictures.setVisible(why.isEmpty());
        Measurement<?> before = why.isEmpty() ? before(exploration) : null;
        if (before != null) {
            pictures.setVisible(false); // those of another head, until this one's are there
            work.await(exploration.lab().ask(before), before.key().what(), known -> {
                pictures.setVisible(true);
                draw(exploration);
            });
            return;
        }
        work.end();
        if (why.isEmpty()) {
            draw(exploration);
        }
    }

    /**
     * What the drawing needs that takes long in a large model: the rest of the page does not wait for it, and this tab
     * shows a bar. Null where there is no such thing.
     */
    protected @Nullable Measurement<?> before(Exploration exploration) {
        return null;
    }

    /** Why there is nothing to draw; empty where there is. */
    protected String missing(Exploration exploration) {
        return exploration.isEmpty() ? "Type a sentence to see it taken apart." : "";
    }

    protected abstract void draw(Exploration exploration);
}
