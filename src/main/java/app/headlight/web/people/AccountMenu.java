package app.headlight.web.people;

import app.headlight.people.Account;
import app.headlight.people.Role;
import app.headlight.people.SignedIn;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.spring.annotation.SpringComponent;
import com.vaadin.flow.spring.annotation.UIScope;
import com.vaadin.flow.spring.security.AuthenticationContext;

/** Who is signed in, with the way to their account and out; for a stranger, the way in. */
@SpringComponent
@UIScope
public class AccountMenu extends Div {

    AccountMenu(SignedIn signedIn, AuthenticationContext session) {
        setId("account-menu");
        addClassName("hl-account-menu");
        signedIn.current()
                .ifPresentOrElse(account -> add(menu(account, session)), () -> add(new SignInLink("Sign in")));
    }

    private static MenuBar menu(Account account, AuthenticationContext session) {
        MenuBar bar = new MenuBar();
        bar.addThemeVariants(MenuBarVariant.LUMO_TERTIARY);
        MenuItem name = bar.addItem(account.name());
        name.setAriaLabel("Signed in as " + account.name());
        SubMenu menu = name.getSubMenu();
        menu.addItem("Account", event -> event.getSource().getUI().ifPresent(ui -> ui.navigate(AccountView.class)));
        if (account.role().includes(Role.ADMIN)) {
            menu.addItem("Admin", event -> event.getSource().getUI().ifPresent(ui -> ui.navigate(AdminView.class)));
        }
        menu.addItem("Sign out", event -> session.logout());
        return bar;
    }
}
