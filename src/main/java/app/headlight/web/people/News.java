package app.headlight.web.people;

import com.vaadin.flow.component.Component;

/** What others said of what someone wrote, for the pages of accounts. */
public interface News {

    /** How much of it an account has not seen yet. */
    int unseen(long account);

    /** A list of it, the newest first. */
    Component list(long account);

    /** As long as a component is attached, it is shown anew whenever someone says something. */
    void keep(Component shown, Runnable show);
}
