package app.headlight.web.page;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.router.BeforeLeaveEvent;
import java.util.function.BooleanSupplier;

/** Asks before people leave a page on which they typed something and did not send it. */
public final class Leaving {

    private static final String FRONT_PAGE = "explore";

    /** In {@code frontend/screens/one-navigation.ts}: the link is answered, though it has not led anywhere yet. */
    private static final String ASKED = "window.headlightLinkAnswered()";

    private Leaving() {}

    /** As long as a component is visible and has something unsent, its page asks before it is left. */
    public static void askWhile(Component seen, BooleanSupplier unsent) {
        ComponentUtil.setData(seen, Unsent.class, unsent::getAsBoolean);
    }

    /** Asks, if the page that is left has something unsent; a layout calls it. */
    public static void ask(BeforeLeaveEvent event) {
        UI ui = UI.getCurrent();
        String here = ui.getActiveViewLocation().getPath();
        if (page(here).equals(page(event.getLocation().getPath())) || !holdsUnsent(ui)) {
            return;
        }
        BeforeLeaveEvent.ContinueNavigationAction leave = event.postpone();
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader("Leave without sending?");
        dialog.setText(
                "What you typed here has not been sent. This browser tab keeps it, so that it is here again when you"
                        + " come back.");
        dialog.setCancelable(true);
        dialog.setCancelText("Stay");
        dialog.addCancelListener(stay -> leave.cancel());
        dialog.setConfirmText("Leave");
        dialog.addConfirmListener(go -> leave.proceed());
        dialog.open();
        ui.getPage().executeJs(ASKED);
    }

    private static boolean holdsUnsent(Component component) {
        if (component instanceof Text) {
            return false; // which knows nothing of being seen
        }
        Unsent unsent = ComponentUtil.getData(component, Unsent.class);
        return component.isVisible()
                && ((unsent != null && unsent.isThere())
                        || component.getChildren().anyMatch(Leaving::holdsUnsent));
    }

    /** Another address of the same page shows something else in it; the form stays. */
    private static String page(String path) {
        return path.isEmpty() ? FRONT_PAGE : path;
    }

    /** Whether a component has something unsent. */
    private interface Unsent {
        boolean isThere();
    }
}
