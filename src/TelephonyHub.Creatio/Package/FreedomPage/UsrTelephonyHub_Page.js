// The two handlers of a Freedom UI page that is always open (a desktop, a side panel): for installations where the bridge does not run in the shell, and for
// pages that open natively. Copy the dependencies, the variable and the handlers into your page.
define("UsrTelephonyHub_Page", /**SCHEMA_DEPS*/["@creatio-devkit/common", "UsrTelephonyHubCards"]/**SCHEMA_DEPS*/, function/**SCHEMA_ARGS*/(sdk, cards)/**SCHEMA_ARGS*/ {
  const hostOf = $context => ({
    openRecord: (entityName, recordId) => sdk.HandlerChainService.instance.process({ type: "crt.UpdateRecordRequest", entityName, recordId, $context }),
    newContact: phone => sdk.HandlerChainService.instance.process({
      type: "crt.CreateRecordRequest",
      entityName: "Contact",
      defaultValues: [{ attributeName: "MobilePhone", value: phone }],
      $context
    })
  });

  return {
    viewConfigDiff: /**SCHEMA_VIEW_CONFIG_DIFF*/[]/**SCHEMA_VIEW_CONFIG_DIFF*/,
    viewModelConfigDiff: /**SCHEMA_VIEW_MODEL_CONFIG_DIFF*/[]/**SCHEMA_VIEW_MODEL_CONFIG_DIFF*/,
    modelConfigDiff: /**SCHEMA_MODEL_CONFIG_DIFF*/[]/**SCHEMA_MODEL_CONFIG_DIFF*/,
    handlers: /**SCHEMA_HANDLERS*/[
      {
        request: "crt.HandleViewModelResumeRequest",
        handler: async (request, next) => {
          await next?.handle(request);
          const page = request.$context;
          // Two resumes may come before the first subscription stands: without the second half each card would come twice.
          if (page.usrTelephonyHubSubscription || page.usrTelephonyHubPending) {
            return;
          }
          const pending = new sdk.MessageChannelService().subscribe(cards.sender, event => cards.board(window).accept(event, hostOf(page)));
          page.usrTelephonyHubPending = pending;
          try {
            const subscription = await pending;
            // A pause in between has taken it over.
            if (page.usrTelephonyHubPending === pending) {
              page.usrTelephonyHubSubscription = subscription;
            }
          } catch (e) {
            // The page goes on without cards.
            window.console.error("TelephonyHub: no cards on this page.", e);
          } finally {
            if (page.usrTelephonyHubPending === pending) {
              page.usrTelephonyHubPending = null;
            }
          }
        }
      },
      {
        request: "crt.HandleViewModelPauseRequest",
        handler: async (request, next) => {
          const page = request.$context;
          const pending = page.usrTelephonyHubPending;
          page.usrTelephonyHubSubscription?.unsubscribe();
          page.usrTelephonyHubSubscription = page.usrTelephonyHubPending = null;
          if (pending) {
            (await pending.catch(() => null))?.unsubscribe();
          }
          return next?.handle(request);
        }
      }
    ]/**SCHEMA_HANDLERS*/
  };
});
