# What the hub, its stock ledger and the ERP must come to, straight from the files: shares nothing with the way through the hub.
# Input: the rows of all daily files without their header lines. A row is cut from its right end (the last five fields hold no comma, only the
# description in the middle may); money is counted in integers, each line rounded half up to pence, then summed.
#   class   <class> <lines>
#   sales   <country> <invoices> <lines> <pence>
#   credit  <country> <lines> <pence>          what was credited on cancellation invoices without goods coming back
#   month   <sku> <yyyy-mm> <units>            what the ledger must say moved
#   stock   <sku> <units>                      what it leaves
#   item    <SKU in capitals> <units>          what the ERP must be told of stock: returns and corrections
BEGIN { FS = "," }

function trimmed(text) { gsub(/^ +| +$/, "", text); return text }

function tenThousandths(price, part, whole, value) {
  part = index(price, ".")
  whole = part ? substr(price, 1, part - 1) : price
  value = part ? substr(substr(price, part + 1) "0000", 1, 4) + 0 : 0
  if (part && length(price) - part > 4) { print "a price of more than 4 decimals: " price > "/dev/stderr"; exit 2 }
  return whole ~ /^-/ ? whole * 10000 - value : whole * 10000 + value
}

function halfUp(amount) { return amount < 0 ? -int((-amount + 50) / 100) : int((amount + 50) / 100) }

function isGoods(code, capitals) {
  capitals = toupper(code)
  return capitals !~ /^(POST|DOT|C2|M|D|S|B|BANK CHARGES|AMAZONFEE|CRUK)$/ && code !~ /^gift_[0-9]+_[0-9]+$/
}

{
  n = NR
  number[n] = $1
  code[n] = trimmed($2)
  quantity[n] = $(NF - 4) + 0
  month[n] = substr($(NF - 3), 1, 7)
  price[n] = tenThousandths($(NF - 2))
  country[n] = $NF
  if ($1 !~ /^[0-9]+$/ || quantity[n] <= 0) no[$1] = 1
  if (price[n] > 0) priced[$1] = 1
}

END {
  for (i = 1; i <= NR; i++) {
    goods = isGoods(code[i])
    if (number[i] ~ /^A/) class = "bad-debt"
    else if (number[i] ~ /^C/) class = goods ? "returned" : "credited"
    else if ((number[i] in priced) && !(number[i] in no)) class = goods ? "sold" : "charged"
    else class = goods ? "corrected" : "without-effect"
    classes[class]++
    if (class == "sold" || class == "charged") {
      if (!(number[i] in counted)) { counted[number[i]] = 1; invoices[country[i]]++ }
      lines[country[i]]++
      pence[country[i]] += halfUp(quantity[i] * price[i])
    }
    if (class == "credited") { credits[country[i]]++; credited[country[i]] += halfUp(quantity[i] * price[i]) }
    moved = class == "sold" || class == "returned" ? -quantity[i] : class == "corrected" ? quantity[i] : 0
    if (moved != 0) {
      months[code[i] "\t" month[i]] += moved
      stock[code[i]] += moved
      if (class != "sold") items[toupper(code[i])] += moved
    }
  }
  for (each in classes) printf "class\t%s\t%d\n", each, classes[each]
  for (each in lines) printf "sales\t%s\t%d\t%d\t%.0f\n", each, invoices[each], lines[each], pence[each]
  for (each in credits) printf "credit\t%s\t%d\t%.0f\n", each, credits[each], credited[each]
  for (each in months) printf "month\t%s\t%d\n", each, months[each]
  for (each in stock) printf "stock\t%s\t%d\n", each, stock[each]
  for (each in items) printf "item\t%s\t%d\n", each, items[each]
}
