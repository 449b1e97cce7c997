package app.headlight.web.page;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;

/** Asks before something that findings are about is deleted. */
public class DeleteDialog extends ConfirmDialog {

    /**
     * A dialog, not open yet.
     *
     * @param what is deleted: “the run “gpt2””
     * @param lost what is gone then, a sentence
     * @param findings how many are about it
     * @param delete called when the person has said yes
     */
    public DeleteDialog(String what, String lost, long findings, Runnable delete) {
        setHeader("Delete " + what + "?");
        setText(lost + " "
                + (findings == 0
                        ? "No finding is about it."
                        : findings + (findings == 1 ? " finding is" : " findings are")
                                + " about it; they stay, without live pictures."));
        setCancelable(true);
        setConfirmText("Delete");
        setConfirmButtonTheme("error primary");
        addConfirmListener(event -> delete.run());
    }
}
