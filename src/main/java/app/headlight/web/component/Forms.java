package app.headlight.web.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;

/**
 * Marks forms for the browser, which keeps what is typed into each text field until it is sent
 * ({@code frontend/draft}). The browser finds it again by the name of the form, on whichever page.
 */
public final class Forms {

    private Forms() {}

    /** The text fields within are those of a form of that name. */
    public static void name(Component form, String name) {
        form.getElement().setAttribute("data-form", name);
    }

    /** What is typed there is sent by the field itself, whenever it is changed. */
    public static void sendsItself(Component field) {
        field.getElement().setAttribute("data-sends", "change");
    }

    /** Likewise, but with each key. */
    public static void sendsEachKey(Component field) {
        field.getElement().setAttribute("data-sends", "input");
    }

    /** Tells the browser that the text of the form was sent, or discarded. */
    public static void forget(String name) {
        // Not a call to the form, which may be taken away in the same answer.
        UI.getCurrent().getPage().executeJs("window.headlightForms.forget($0)", name);
    }

    /** The form was opened or closed; in this tab its page opens it again. */
    public static void setOpen(String name, boolean open) {
        UI.getCurrent().getPage().executeJs("window.headlightForms.setOpen($0, $1)", name, open);
    }

    /**
     * Opens a form that was open when the page was left or reloaded.
     *
     * @param place where it opens; does nothing if that does not exist any more
     */
    public static void reopen(Component place, String name, Runnable open) {
        // Not asked by the place, which asks nothing while it is hidden.
        UI.getCurrent()
                .getPage()
                .executeJs("return window.headlightForms.isOpen($0)", name)
                .then(Boolean.class, wasOpen -> {
                    if (wasOpen && place.isAttached()) {
                        open.run();
                    }
                });
    }
}
