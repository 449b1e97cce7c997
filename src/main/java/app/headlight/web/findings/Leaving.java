package app.headlight.web.findings;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.router.BeforeLeaveEvent;

/** Asks before a page is left on which something was typed. */
final class Leaving {

    private static final String FRONT_PAGE = "explore";

    private Leaving() {}

    /** @param typed whether there is something to lose */
    static void ask(BeforeLeaveEvent event, boolean typed) {
        String here = UI.getCurrent().getActiveViewLocation().getPath();
        if (!typed || page(here).equals(page(event.getLocation().getPath()))) {
            return;
        }
        BeforeLeaveEvent.ContinueNavigationAction leave = event.postpone();
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader("Leave without saving?");
        dialog.setText("What you typed here has not been saved.");
        dialog.setCancelable(true);
        dialog.setCancelText("Stay");
        dialog.addCancelListener(stay -> leave.cancel());
        dialog.setConfirmText("Leave");
        dialog.addConfirmListener(go -> leave.proceed());
        dialog.open();
    }

    /** Another address of the same page shows something else in it; the form stays. */
    private static String page(String path) {
        return path.isEmpty() ? FRONT_PAGE : path;
    }
}
