using System.Collections.Concurrent;
using TelephonyHub.Simulator.Creatio.Rules;
using TelephonyHub.Simulator.Creatio.Schema;

namespace TelephonyHub.Simulator.Creatio;

/// <summary>What a fresh installation holds: settings, lookup rows of appendix B, the API user.</summary>
internal static class Seeding
{
    public static void Settings(ConcurrentDictionary<string, object> settings)
    {
        settings["SearchNumberLength"] = 7;
        settings["InternalNumberLength"] = 4;
        settings["UserSessionTimeout"] = 60;
        settings["MaxFileSize"] = 10;
        settings["SchemaNamePrefix"] = "Usr";
        settings["UseTheSalesReadyLeadLifecycle"] = false;
        settings["FillingInLeadNameWithProcess"] = false;
        settings["DefaultLeadStage"] = CrmIds.MarketingQualifiedLead;
        settings["OrderCodeMask"] = "ORD-{0}";
        settings["OrderStatusDef"] = CrmIds.DraftOrder;
        settings["OrderPaymentStatusDef"] = CrmIds.PlannedPayment;
        settings["OrderDeliveryStatusDef"] = CrmIds.PlannedDelivery;
        settings["PrimaryCurrency"] = CrmIds.Rouble;
        settings["DefaultMessageLanguage"] = CrmIds.Russian;
        settings["DefaultTimeZone"] = CrmIds.Moscow;
        settings["DefaultContactCommunicationType"] = CrmIds.MobilePhone;
    }

    /// <summary>First of all rows: it is its own owner and creator, and every other row refers to it.</summary>
    public static void ApiContact(CreatioStore store) => store.Add(
        "Contact", ("Id", store.ApiUser.ContactId), ("Name", store.ApiUser.Name), ("LanguageId", null));

    public static void Lookups(CreatioStore store)
    {
        foreach (var row in LookupText.Parse(WorkLookups.Text, WorkLookups.Placeholders, SalesLookups.Text))
        {
            var schema = store.Schema[row.Entity];
            store.Add(
                row.Entity,
                [("Id", row.Id), ("Name", row.Name), .. row.Values.Select(value => Typed(schema, value))]);
        }

        foreach (var type in CommunicationTypes.Phones)
        {
            store.Add("ComTypebyCommunication", ("CommunicationTypeId", type), ("CommunicationId", CrmIds.PhoneCommunication));
        }

        foreach (var entity in store.Schema.Entities.Where(entity => entity.UId is not null))
        {
            store.Add("VwSysModuleEntity", ("Id", entity.UId), ("Name", entity.Name));
        }
    }

    public static void ApiUser(CreatioStore store)
    {
        store.Update("Contact", store.ApiUser.ContactId, ("TypeId", CrmIds.EmployeeContact), ("LanguageId", CrmIds.Russian));
        store.Add(
            "SysAdminUnit",
            ("Id", store.ApiUser.UserId),
            ("Name", store.ApiUser.Login),
            ("ContactId", store.ApiUser.ContactId),
            ("SysAdminUnitTypeValue", 4),
            ("Active", true));
    }

    private static (string Column, object? Value) Typed(EntitySchema schema, KeyValuePair<string, string> value)
    {
        var column = schema.FindAny(value.Key)!;
        object typed = column.Kind switch
        {
            ColumnKind.Boolean => string.Equals(value.Value, "True", StringComparison.Ordinal),
            ColumnKind.Integer => int.Parse(value.Value, System.Globalization.CultureInfo.InvariantCulture),
            _ => value.Value,
        };
        return (column.Property, typed);
    }
}
