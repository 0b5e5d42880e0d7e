using System.Xml;
using TelephonyHub.Simulator.Creatio.Schema;

namespace TelephonyHub.Simulator.Creatio.OData;

/// <summary>The EDMX of <c>$metadata</c> (reference 1.2): types, keys, columns, lookups and detail collections.</summary>
internal static class MetadataDocument
{
    private const string Edmx = "http://docs.oasis-open.org/odata/ns/edmx";
    private const string Edm = "http://docs.oasis-open.org/odata/ns/edm";
    private const string Namespace = "Terrasoft.Configuration.OData";

    public static byte[] Write(CrmSchema schema)
    {
        var details = schema.Entities
            .SelectMany(entity => entity.Columns.Where(column => column.IsLookup).Select(column => (Entity: entity, Column: column)))
            .ToLookup(detail => detail.Column.Target!, StringComparer.Ordinal);
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream))
        {
            xml.WriteStartElement("edmx", "Edmx", Edmx);
            xml.WriteAttributeString("Version", "4.0");
            xml.WriteStartElement("edmx", "DataServices", Edmx);
            xml.WriteStartElement("Schema", Edm);
            xml.WriteAttributeString("Namespace", Namespace);
            var entities = schema.Entities.OrderBy(entity => entity.Name, StringComparer.Ordinal).ToArray();
            foreach (var entity in entities)
            {
                WriteType(xml, entity, details[entity.Name]);
            }

            xml.WriteStartElement("EntityContainer", Edm);
            xml.WriteAttributeString("Name", "Container");
            foreach (var entity in entities)
            {
                Element(xml, "EntitySet", ("Name", entity.Name), ("EntityType", entity.TypeName));
            }

            xml.WriteEndDocument();
        }

        return stream.ToArray();
    }

    private static void WriteType(XmlWriter xml, EntitySchema entity, IEnumerable<(EntitySchema Entity, ColumnSchema Column)> details)
    {
        xml.WriteStartElement("EntityType", Edm);
        xml.WriteAttributeString("Name", entity.Name);
        xml.WriteStartElement("Key", Edm);
        Element(xml, "PropertyRef", ("Name", "Id"));
        xml.WriteEndElement();
        foreach (var column in entity.Columns)
        {
            if (column.Required || column.Ordinal == 0)
            {
                Element(xml, "Property", ("Name", column.Property), ("Type", column.EdmType), ("Nullable", "false"));
            }
            else
            {
                Element(xml, "Property", ("Name", column.Property), ("Type", column.EdmType));
            }
        }

        foreach (var column in entity.Columns.Where(column => column.IsLookup))
        {
            Element(
                xml,
                "NavigationProperty",
                ("Name", column.Name),
                ("Type", $"{Namespace}.{column.Target}"),
                ("Partner", $"{entity.Name}CollectionBy{column.Name}"));
        }

        foreach (var (child, column) in details)
        {
            Element(
                xml,
                "NavigationProperty",
                ("Name", $"{child.Name}CollectionBy{column.Name}"),
                ("Type", $"Collection({child.TypeName})"));
        }

        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, params (string Name, string Value)[] attributes)
    {
        xml.WriteStartElement(name, Edm);
        foreach (var (attribute, value) in attributes)
        {
            xml.WriteAttributeString(attribute, value);
        }

        xml.WriteEndElement();
    }
}
