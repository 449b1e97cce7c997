package app.headlight.web.people;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.Departures;
import app.headlight.web.component.Trouble;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import java.io.ByteArrayInputStream;
import tools.jackson.databind.json.JsonMapper;

/** Taking what is kept about oneself along, and leaving. */
class OwnRecordsPanel extends Div {

    private final Departures departures;
    private final Account account;
    private final Trouble trouble = new Trouble();

    OwnRecordsPanel(Departures departures, Account account) {
        this.departures = departures;
        this.account = account;
        addClassNames("hl-panel", "hl-recipe");
        setId("own-records");
        Anchor export = new Anchor(
                DownloadHandler.fromInputStream(event -> {
                    byte[] json = JsonMapper.shared()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsBytes(departures.export(account));
                    return new DownloadResponse(
                            new ByteArrayInputStream(json),
                            "headlight-" + account.id() + ".json",
                            "application/json",
                            json.length);
                }),
                "Download everything kept about you (JSON)");
        export.setId("export");
        Paragraph about = new Paragraph(
                "Deleting takes your account, sessions and tokens away at once and for good. Models that you trained or added stay,"
                        + " and runs that others see.");
        about.addClassName("hl-muted");
        add(new H2("What is kept about you"), export, about, Rows.button("Delete account", this::confirm), trouble);
    }

    private void confirm() {
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader("Delete the account of " + account.name() + "?");
        dialog.setText("It cannot be brought back. Download what is kept about you first if you want it.");
        dialog.setCancelable(true);
        dialog.setConfirmText("Delete account");
        dialog.addConfirmListener(event -> delete());
        dialog.open();
    }

    private void delete() {
        if (trouble.tried(() -> departures.delete(account))) {
            getUI().ifPresent(ui -> ui.getPage().setLocation("/"));
        }
    }
}
