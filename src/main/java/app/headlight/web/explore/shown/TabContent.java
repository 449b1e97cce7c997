package app.headlight.web.explore.shown;

import app.headlight.web.panels.Panel;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** What stands under one tab, or a sentence that says why there is nothing. */
public abstract class TabContent extends Div implements Panel<Exploration> {

    private final Div pictures = new Div();
    private final Span nothing = new Span();

    public TabContent(String layout, Component... pictures) {
        this.pictures.addClassNames("hl-tab", layout);
        this.pictures.add(pictures);
        nothing.addClassName("hl-empty");
        add(nothing, this.pictures);
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
        if (why.isEmpty()) {
            draw(exploration);
        }
    }

    /** Why there is nothing to draw; empty where there is. */
    protected String missing(Exploration exploration) {
        return exploration.isEmpty() ? "Type a sentence to see it taken apart." : "";
    }

    protected abstract void draw(Exploration exploration);
}
