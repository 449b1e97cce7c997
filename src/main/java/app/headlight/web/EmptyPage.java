package app.headlight.web;

import app.headlight.web.view.ExploreAddress;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;

/** A page in place of one that cannot be shown: says why, and leads back to Explore. */
abstract class EmptyPage extends Main {

    final void say(String why) {
        addClassName("hl-empty");
        add(new Paragraph(why), new Anchor(ExploreAddress.PATH, "Take a sentence apart in Explore"));
    }
}
