package app.headlight.web.collections;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;

/** The message of a page that has nothing to show, with a link to go on. */
class Nothing extends Div {

    Nothing(String why, String address, String there) {
        addClassName("hl-empty");
        getElement().setAttribute("role", "status");
        add(new Paragraph(why), new Anchor(address, there));
    }

    static Nothing collection() {
        return new Nothing(
                "There is no such collection: it was deleted, or its address was cut off on the way.",
                CollectionsView.PATH,
                "See all collections");
    }

    static Nothing slides(long collection) {
        return new Nothing(
                "This collection has no findings yet, so that there is nothing to show.",
                CollectionsView.PATH + "/" + collection,
                "Add some to it");
    }

    static Nothing presentation() {
        return new Nothing(
                "No presentation is going on at this address: it has ended, or the address was cut off on the way.",
                CollectionsView.PATH,
                "Look for its collection");
    }
}
